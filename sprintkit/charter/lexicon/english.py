"""The English term lists: words and phrases separated by ", ".

A list whose name ends in EXEMPT holds expressions in which a term of the list before it is harmless. A new list
also needs a field in `Lexicon`. What no other language needs a word for is empty there or left out.
"""

from __future__ import annotations

from typing import Final

PLACEHOLDER: Final = (
    "-, --, ?, ??, ???, fixme, ipsum, lorem, n.n, n/a, na, none, pending, tba, tbc, tbd, tbh, todo, unassigned, "
    "unknown, vacant, xxx"
)
"""Placeholders if they are the whole answer."""
PLACEHOLDER_PHRASE: Final = (
    "tbd, tbc, tba, todo, fixme, ???, to be decided, to be determined, to be confirmed, to be defined, "
    "to be announced, to be named, to be hired, to be agreed, to be assigned, to be appointed, to be recruited, "
    "to be nominated, fill in, lorem ipsum"
)
"""Placeholders anywhere in an answer."""
PLACEHOLDER_EXEMPT: Final = (
    "todo el, todo lo, todo la, todo tipo, todo ello, todo esto, todo eso, todo un, todo su, todo caso, "
    "con todo, sobre todo, ante todo, de todo, en todo, por todo, del todo, a todo, y todo, todo está, "
    "todo cliente, todo pedido, todo envío, todo dia, todo mês, todo o, todo ao, todo e qualquer, tbc "
    "screening, tbc test, tbc tests, tbc patients, tbc cases, tbc results, tbc vaccination, to be hired "
    "out, kit to be hired, equipment to be hired, machine to be hired, machines to be hired, tools to be "
    "hired, vehicles to be hired, cars to be hired, plant to be hired, items to be hired, to be agreed "
    "are, to be announced are, to be confirmed are, to be decided are, to be defined are, to be "
    "determined are, to be hired are, to be named are, todo a mano, todo queda, todo se, todo por, hace "
    "todo, lleva todo, apunta todo, mira todo, revisa todo, pasa todo, tickets to be assigned, orders to "
    "be assigned, cases to be assigned, to be assigned are"
)
BRACED: Final = "company, customer, owner, project, sponsor, team, title, topic"
"""Words that mark a {…} as a blank to fill in, beside those of FILL_IN."""
FILL_IN: Final = "insert, name, here, date, your, fill, text, value, number"
"""Words that mark a <…> as a blank to fill in."""

WEASEL: Final = (
    "asap, as soon as possible, as appropriate, where appropriate, if possible, where possible, as possible, "
    "as needed, if needed, as required, when necessary, etc, and so on, and so forth, "
    "such as but not limited to, including but not limited to, best effort, best efforts, sufficient, "
    "sufficiently, adequate, adequately, reasonable, reasonably, timely, in due course, user-friendly, "
    "user friendly, seamless, seamlessly, robust, intuitive, state-of-the-art, world-class, significant, "
    "significantly, substantially, more or less, regularly, periodically, from time to time, at some point"
)
"""Terms that cannot be tested. Left out, since they raise too many false alarms: some, many, most, several, quickly."""
WEASEL_EXEMPT: Final = (
    "timely filing, significant figures, sufficient funds, adequate intake, significant figure, significant "
    "digit, significant digits, significant event, significant events, significant other, significant "
    "others, significant harm, significant weather, significant influence, statistically significant, "
    "sufficient cover, reasonable adjustment, reasonable adjustments, reasonable suspicion, reasonable "
    "doubt, reasonable force, reasonable excuse, seamless tube, seamless tubes, seamless pipe, seamless "
    "pipes, seamless steel, seamless gutter, seamless gutters, seamless flooring, regularly scheduled, "
    "substantially complete, timely filed, robust standard errors, as required by law, as required by "
    "clause, as required by section, as required by article, as required by paragraph, as required by "
    "regulation, as required by statute, as required by the act, as required by iso, as required by din, as "
    "required by en, etc lane, etc lanes, etc card, etc cards, etc gate, etc gates, etc toll, etc tariff"
)
LAW: Final = (
    "act, agreement, article, auditor, authority, award, bylaw, bylaws, charter, clause, code, contract, "
    "court, customs, decree, directive, insurer, law, laws, licence, license, norm, ordinance, paragraph, "
    "permit, policy, regulation, regulations, regulator, rule, rules, schedule, section, standard, "
    "statute, treaty, warranty"
)
"""What "as required by" points at, if it can be looked up."""
STURDY: Final = "robust, adequate, sufficient, seamless"
"""Untestable words that are a plain quality of goods: "a robust cardboard box"."""
THING: Final = (
    "bag, bags, barrier, barriers, battery, batteries, bin, bins, bike, bikes, boot, boots, box, boxes, "
    "bracket, brackets, cable, cables, carton, cartons, cardboard, chair, chairs, clamp, clamps, "
    "container, containers, cover, covers, crate, crates, door, doors, drum, drums, fabric, fence, "
    "fences, frame, frames, glass, glove, gloves, handle, handles, hinge, hinges, hose, hoses, housing, "
    "jacket, jackets, label, labels, ladder, ladders, leather, lock, locks, metal, packaging, pallet, "
    "pallets, paper, pipe, pipes, plant, plants, plastic, plywood, postage, pot, pots, rack, racks, rope, "
    "ropes, sack, sacks, scanner case, seam, seams, shelf, shelves, shoe, shoes, steel, tape, tent, "
    "tents, timber, tool, tools, trolley, trolleys, tube, tubes, tyre, tyres, vehicle, vehicles, "
    "wheelchair, wheelchairs, wire, wood, wrap"
)
"""Goods."""

VAGUE: Final = (
    "improve, enhance, optimise, optimize, streamline, leverage, empower, enable, transform, modernise, "
    "modernize, facilitate, drive, unlock, boost, revolutionise, revolutionize, explore, investigate, assist, "
    "help, support, accelerate, augment, harness, supercharge, rethink, innovate, upgrade, maximise, maximize, "
    "elevate"
)
"""Verbs that name no particular work."""
VAGUE_OPENING: Final = (
    "cultivate, deal with, digitalise, digitalize, digitise, foster, handle, manage, process, strengthen"
)
"""Verbs that name no particular work if the statement begins with them; elsewhere they are often nouns."""
PHYSICAL: Final = "augment, boost, drive, elevate, harness, lift, transform, unlock, upgrade"
"""Vague verbs that are work on a thing before a word of CASE_MARK: "unlock the meter cabinet"."""
CASE_MARK: Final = "a, an, all, any, both, each, every, the, incoming, one, returned, inbound"
"""Words before a single thing or case."""
ABSTRACT: Final = (
    "adoption, agility, automation, benefit, benefits, business, capabilities, capability, change, "
    "collaboration, company, creativity, culture, customer experience, customer journey, data, "
    "decision-making, digital, efficiency, engagement, excellence, experience, future, growth, impact, "
    "industry, innovation, insight, insights, intelligence, journey, knowledge, learning, loyalty, "
    "market, operations, opportunities, opportunity, organisation, organization, outcomes, performance, "
    "potential, power, process, processes, productivity, profit, profitability, quality, revenue, sales, "
    "satisfaction, service, strategy, success, synergies, team, teams, transformation, value, way, work, "
    "workflow, workflows, workforce, workplace"
)
"""What nobody can touch: a physical verb before it is vague."""
NOUN_OR_VERB: Final = "support, help, upgrade, drive, boost, assist"
"""Vague verbs that are nouns before a word of NOUNISH: "support tickets"."""
NOUNISH: Final = (
    "agent, agents, call, calls, case, cases, desk, email, emails, engineer, engineers, inbox, line, lines, "
    "order, orders, queue, quote, quotes, request, requests, staff, team, teams, ticket, tickets, belt, "
    "belts, chat, chats, contract, contracts, enquiries, enquiry, form, forms, hotline, inquiries, inquiry, "
    "mail, mailbox, message, messages, motor, motors, pump, pumps, shaft, shafts, worker, workers"
)
"""Words before which a vague verb is a noun."""
CONCRETE: Final = (
    "assign, route, approve, reject, refuse, draft, write, classify, sort, flag, extract, match, merge, "
    "fill, book, schedule, reschedule, answer, reply, escalate, forward, send, call, phone, email, order, "
    "reorder, price, quote, reconcile, transcribe, translate, summarise, summarize, tag, label, detect, "
    "count, read, return, request, create, open, close, cancel, confirm, accept, dispatch, release, hold, "
    "pay, invoice, refund, post, publish, print, attach, add, remove, replace, update, set, pick, choose, "
    "press, copy, move, check in, sign, stop, start, pause, run, inspect, rank, grade, allocate, notify, "
    "remind, bin, click, deliver, dial, enter, fetch, greet, install, lift, mend, pull, push, raise, "
    "restock, ring, save, ship, stick, stow, strike out, submit, swap, swipe, tap, tell, throw away, tick, "
    "unload, unlock, warn, weigh, wrap, yes or no"
)
"""Verbs that say what happens to a case."""
NOUN_TOO: Final = "answer, call, email, invoice, order, price, quote, reply, request"
"""Concrete verbs whose form in -s is a noun unless an object follows: "process client requests"."""
AFTER_NOUN: Final = (
    "and, are, as, at, be, better, by, for, from, in, into, is, of, on, or, so, that, through, to, using, "
    "via, was, were, when, which, while, will, with, within, without"
)
"""Words that follow a noun and no verb."""
CONCRETE_WITH_OBJECT: Final = (
    "charge, correct, credit, cut, file, fit, give, hand, key, let, load, lower, measure, offer, pack, pass, "
    "photograph, record, repair, scan, stamp, switch, top, transfer, turn, type"
)
"""Concrete verbs that are often nouns or adjectives: they count as verbs only before a word of OBJECT."""
OBJECT: Final = (
    "a, all, an, another, back, both, each, every, her, him, his, in, it, its, off, on, out, over, the, "
    "their, them, this, those, to, up, your, around, aside, away, down, open, shut"
)
INTERPRETIVE: Final = (
    "review, consider, check, look, assess, evaluate, interpret, monitor, decide, analyse, analyze, understand, "
    "judge, think, use, explore, investigate, see, note, be"
)
"""Verbs that leave the thinking to the reader."""
INTERPRETIVE_END: Final = ""
"""The same, where they may stand at the end of an instruction; none in English."""
IRREGULAR: Final = (
    "send=sent, write=wrote, hold=held, pay=paid, run=ran, choose=chose, stick=stuck, strike out=struck "
    "out, tell=told, throw away=threw away"
)
"""Irregular forms of the verbs above, each as verb=form."""
NOUN_MARK: Final = "the, a, an, this, each, its, their, our, your, any, of"
"""A word that could be a verb is a noun after one of these."""
NOUN_BEFORE: Final = (
    "all, by, customer, every, for, from, in, it, no, on, product, remote, sales, tech, technical, tenant, "
    "user, with"
)
"""A vague verb is a noun after one of these, too: "every support chat", "asks for help"."""
PASSIVE: Final = "are, get, gets, is, was, were"
"""Auxiliaries of the passive, which show that the words before them are nouns: "drive belts are ordered"."""
CLAUSE: Final = "and, because, by, so, that, to, where, which, while, who"
"""Words that begin another clause: in "support reps so that calls are answered", support is a verb."""
PERSON_SEEN: Final = (
    "see child, see customer, see patient, see tenant, see the child, see the customer, see the patient, "
    "see the tenant, see your next patient"
)
"""Openings in which seeing somebody is an action."""
GRABBAG: Final = (
    "as well as, in addition, additionally, and also, along with, plus other, and more, multiple use cases"
)
"""Phrases that join a second use case."""
SAME_CASE: Final = (
    "a, an, any, anything, if, it is, its, her, his, neither, no, nobody, nothing, only, otherwise, else, "
    "the, their, they, these, this, unless, what, whatever, when, whoever"
)
"""Words after a semicolon with which the same case goes on: "…; the clerk confirms both"."""
SYSTEM: Final = (
    "the system, the model, the tool, the bot, the assistant, the app, the application, the solution, the software, "
    "the same system, the same model, the same tool"
)
"""What a second use case begins with after a semicolon, too."""
TECH: Final = (
    "llm, llms, gpt, genai, generative ai, machine learning, deep learning, neural network, chatbot, rag, "
    "large language model, ai-powered, ai powered, foundation model, copilot, agentic"
)
"""Technologies. Left out: agent, since people are agents."""
TECH_EXEMPT: Final = (
    "rag bale, rag bales, rag paper, rag rating, rag report, rag rug, rag rugs, rag status, rag trade, "
    "captain and copilot, pilot and copilot, copilot seat"
)

REPORT: Final = (
    "report, roadmap, deck, slides, slide, presentation, strategy, assessment, recommendations, "
    "recommendation, feasibility, study, proof of concept, poc, pilot, prototype, mvp, demo, notebook, "
    "findings, whitepaper, white paper, workshop, framework, playbook, blueprint, architecture document, "
    "requirements document, design document, concept document, specification, architecture diagram, "
    "operation manual, operations manual, user manual, training manual, documentation, test plan, "
    "migration plan, project plan, rollout plan, concept paper, business case, gap analysis, guideline, "
    "guidelines, user guide"
)
"""Deliverables that are documents or trials."""
PAPER_TOO: Final = (
    "analysis, briefing, brochure, case, concept, deliverable, deliverables, document, documents, draft, "
    "drafts, file, files, group, meeting, model, package, paper, papers, phase, plan, plans, project, "
    "projects, results, review, run, runs, series, session, sessions, site, sites, summaries, summary, "
    "system, team, template, templates, test, tests, version, versions"
)
"""Words that leave it paper or a trial: "pilot projects", "strategy papers"."""
HANDLED: Final = "every, each, all, any, incoming, inbound, daily, late, new, these, both, no"
"""Words before the cases that a system handles: "every lab report reaches …"."""
SENT: Final = (
    "sent, handed over, delivered, presented, shared, submitted, distributed, approved, printed, written, "
    "ready"
)
"""What happens to paper, however many there are."""
REPORT_EXEMPT: Final = (
    "feasibility check, feasibility checks, framework agreement, framework agreements, framework contract, framework "
    "contracts, incident report is, incident reports are, valuation findings"
)
LIVE: Final = (
    "in production, live, runs in, running in, in daily use, used daily, automatically, by the system, goes "
    "live, in operation, in service, in use, is live, runs on, runs the, switched on, used by all, works "
    "from"
)
"""Phrases that show that something runs."""
DASH: Final = (
    "dashboard, portal, separate, standalone, stand-alone, new app, new application, new tool, new screen, "
    "log in, login, web app, spreadsheet, exported file, weekly email, emailed report"
)
"""Places that people have to go to."""
DASH_EXEMPT: Final = (
    "cab dashboard, car dashboard, car's dashboard, driver's dashboard, truck dashboard, truck's "
    "dashboard, van dashboard, van's dashboard, vehicle dashboard, vehicle's dashboard, separate "
    "collection, separate-collection, portal crane, portal cranes, portal frame, portal milling, portal "
    "lift, portal washer, portal scanner, portal monitor, portal vein, portal axle, portal harvester, "
    "portal robot, portal saw, wash portal, tractor dashboard, tractor's dashboard, bus dashboard, "
    "ambulance dashboard, forklift dashboard, tram dashboard, lorry dashboard, locomotive dashboard, "
    "harvester dashboard, excavator dashboard, dashboard camera, dashboard cam, dashboard of the cab, "
    "dashboard of the truck, dashboard of the van, dashboard of the lorry, separate waste, separate bin, "
    "separate bins, separate scale, separate lane, separate tray"
)
SCORE: Final = (
    "score, scores, probability, likelihood, confidence, risk level, rating, index, percentile, percentage, "
    "propensity"
)
"""Outputs that a person has to interpret."""
SCORE_EXEMPT: Final = (
    "score the, apgar score, early warning score, exam score, exam scores, match score, pain score, test score, test "
    "scores, body mass index, glycaemic index, index card, index cards, index finger, load index, price "
    "index, refractive index, speed index, confidence interval, energy rating, fire rating, load rating, "
    "octane rating, power rating, pressure rating, rating plate, voltage rating, chance of rain, "
    "probability of precipitation, probability of rain, rain probability, likelihood of frost, likelihood "
    "of fog, likelihood of rain, likelihood of snow, confidence vote, score sheet, score sheets"
)
REASON: Final = (
    "because, since, due to, reason, caused by, missing, dropped, rose, fell, changed from, over the, under "
    "the, exceeds, below the, above the, declined, decreased, down from, exceeded, failed, incomplete, "
    "increased, instead of, missed, moved, raised, up from, went down, went up, changed to"
)
"""Words that show that an output gives a reason."""
MANUAL: Final = (
    "manual, manually, by hand, queue, mailbox, list, previous, as today, old, paper, phone, telephone, "
    "fax, person, clerk, as before, as usual, binder, book, card, chalk, clipboard, dispatcher, docket, "
    "driver, excel, folder, foreman, form, hand sign, hand signal, in person, inbox, last month's, last "
    "week's, last year's, ledger, logbook, nurse, on duty, porter, printed, printout, radio, receptionist, "
    "sheet, shift leader, slip, stamp, tag, tray, walkie-talkie, whiteboard, yesterday's, as they did, "
    "chart, handbook, laminated, marker, rota, rule book, ring"
)
"""Ways to carry on without the system. A plural s is allowed."""
MANUAL_ENDING: Final = ""
"""Ends of words that are such ways, in languages that write them as one word."""
CARRY_ON: Final = (
    "bring, call out, carry, collect, copy, count, cut, deal out, deliver, draw, drive, enter, fetch, "
    "hand, key, lift, load, mark, measure, milk, move, note, open, pack, pass, pick, post, pull, push, "
    "raise, read, ring, sell, serve, shout, sign, sort, stack, stamp, stand, steer, stick, take, tally, "
    "type, wake, walk, weigh, wheel, write"
)
"""What people do with their hands, feet and voices while a system is down."""
NOT_SOMEBODY: Final = (
    "api, app, application, backup, bot, cloud, database, developer, developers, helpdesk, it, job, "
    "model, network, pipeline, platform, provider, request, requests, script, server, servers, service, "
    "software, solution, supplier, system, systems, tool, user, users, vendor, vendors, we, you, this, "
    "data, process"
)
"""Who carries on no work by hand."""
HEDGE: Final = (
    "depends, case by case, case-by-case, it varies, varies, usually, normally, typically, generally, gut, "
    "experience, common sense, judgement, judgment, as the rep sees fit, sometimes, whoever, discretion"
)
"""Words of a rule that leaves the decision open."""
HEDGE_EXEMPT: Final = (
    "generally accepted, normally closed, normally open, court judgement, court judgment, default judgment, "
    "judgement of the court, judgment of the court, experience rating, work experience, year's experience, "
    "years experience, years of experience, years' experience, whoever has the, whoever holds, whoever "
    "owns, whoever signed"
)
CONDITION: Final = (
    "if, when, unless, else, otherwise, above, below, at least, more than, less than, over, under"
)
"""Words of a rule that states a condition."""

VERDICT: Final = (
    "able, accepted, accurate, accurately, achieved, acceptable, adopted, adoption, agreed, all, almost, "
    "approved, are, as, available, be, been, better, clear, complete, completed, completely, correct, "
    "correctly, delivered, done, easy, everything, excellent, expected, fast, faster, fine, finished, "
    "fully, good, great, happy, has, have, improved, in, is, it, like, likes, looks, mostly, nearly, "
    "nice, no, now, ok, okay, on, operational, passed, perfect, planned, positive, progress, properly, "
    "quite, ready, reliable, reliably, run, running, runs, satisfied, signed off, smooth, smoothly, so "
    "far, stable, successful, successfully, sufficient, tested, track, under, use, useful, usable, very, "
    "well, work, working, works, 100"
)
"""Words that judge and show nothing: "users are happy", "it works"."""
JUDGED: Final = (
    "ai, algorithm, app, application, bot, business, chatbot, client, clients, customer, customers, "
    "dashboard, data, demo, end, everybody, everyone, experience, feature, features, feedback, "
    "implementation, management, milestone, model, output, people, performance, pilot, platform, process, "
    "processes, product, project, prototype, quality, requirements, result, results, solution, sponsor, "
    "staff, stakeholder, stakeholders, system, task, team, teams, test, testing, tests, thing, things, "
    "tool, user, users, we, they, phase"
)
"""What such a verdict is on."""
