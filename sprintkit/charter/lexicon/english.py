"""The English term lists: words and phrases separated by ", ".

A list whose name ends in EXEMPT holds expressions in which a term of the list before it is harmless. A new list
also needs a field in `Lexicon`.
"""

from __future__ import annotations

from typing import Final

PLACEHOLDER: Final = (
    "-, --, ?, ??, ???, fixme, ipsum, lorem, n/a, na, none, pending, tba, tbc, tbd, tbh, todo, unassigned, "
    "unknown, vacant, xxx"
)
"""Placeholders if they are the whole answer."""
PLACEHOLDER_PHRASE: Final = (
    "tbd, tbc, tba, todo, fixme, ???, to be decided, to be determined, to be confirmed, to be defined, "
    "to be announced, to be named, to be hired, to be agreed, fill in, lorem ipsum"
)
"""Placeholders anywhere in an answer."""
PLACEHOLDER_EXEMPT: Final = (
    "todo el, todo lo, todo la, todo tipo, todo ello, todo esto, todo eso, todo un, todo su, todo caso, con "
    "todo, sobre todo, ante todo, de todo, en todo, por todo, del todo, a todo, y todo, todo está, todo "
    "cliente, todo pedido, todo envío, todo dia, todo mês, todo o, todo ao, todo e qualquer, tbc screening, "
    "tbc test, tbc tests, tbc patients, tbc cases, tbc results, tbc vaccination, to be hired out, kit to be "
    "hired, equipment to be hired, machine to be hired, machines to be hired, tools to be hired, vehicles "
    "to be hired, cars to be hired, plant to be hired, items to be hired, to be agreed are, to be announced "
    "are, to be confirmed are, to be decided are, to be defined are, to be determined are, to be hired are, "
    "to be named are"
)
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

VAGUE: Final = (
    "improve, enhance, optimise, optimize, streamline, leverage, empower, enable, transform, modernise, "
    "modernize, facilitate, drive, unlock, boost, revolutionise, revolutionize, explore, investigate, assist, "
    "help, support, accelerate, augment, harness, supercharge, rethink, innovate, upgrade, maximise, maximize, "
    "elevate"
)
"""Verbs that name no particular work."""
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
TECH: Final = (
    "llm, llms, gpt, genai, generative ai, machine learning, deep learning, neural network, chatbot, rag, "
    "large language model, ai-powered, ai powered, foundation model, copilot, agentic"
)
"""Technologies. Left out: agent, since people are agents."""
TECH_EXEMPT: Final = (
    "rag bale, rag bales, rag paper, rag rating, rag report, rag rug, rag rugs, rag status, rag trade, "
    "captain and copilot, pilot and copilot, copilot seat"
)

FUNCTION: Final = (
    "accounting, admin, administration, ai, analytics, bi, business, compliance, crm, customer, data, devops, "
    "digital, engineering, engineers, erp, finance, hr, i.t, ict, infrastructure, innovation, it, leadership, "
    "legal, logistics, management, manufacturing, marketing, ml, mlops, operation, operations, ops, planning, "
    "platform, procurement, product, production, quality, revops, sales, science, scientists, security, service, "
    "services, support, tech, technology"
)
"""Business functions, which are no part of a name."""
GROUP: Final = (
    "agency, all, anybody, anyone, board, both, committee, consultant, consultants, contractor, contractors, "
    "council, crew, department, departments, dept, desk, division, everybody, everyone, folks, function, group, "
    "guys, multiple, nobody, office, partner, people, shared, somebody, someone, squad, staff, stakeholders, "
    "steerco, supplier, taskforce, team, teams, unit, users, various, vendor"
)
"""Groups of people, and words for nobody in particular."""
STRICT_GROUP: Final = "committee, department, dept, squad, stakeholders, steerco, taskforce, team, teams"
"""Words that never occur in one person's name."""
ROLE: Final = (
    "administrator, administrators, analyst, analysts, caio, cdo, ceo, cfo, chief, cio, ciso, coo, coordinator, "
    "coordinators, cto, developer, developers, director, directors, engineer, evp, executive, executives, head, "
    "heads, hire, junior, lead, leader, leaders, leads, manager, managers, new, no, officer, officers, one, owner, "
    "owners, person, position, president, role, senior, specialist, specialists, supervisor, supervisors, svp, "
    "vice, vp"
)
"""Job titles."""
FILLER: Final = "&, a, an, and, any, be, by, for, from, in, of, or, our, some, the, to, with"
"""Words between the parts of a function, a group or a role: "head of the data team"."""
JOIN: Final = "and, or"
"""Words that join two names."""
JOIN_EXEMPT: Final = (
    "s/o, d/o, w/o, c/o, b/o, a/l, a/p, she/her, she/her/hers, he/him, he/him/his, they/them, "
    "they/them/theirs, she/they, he/they, they/she, they/he, md/phd, phd/md, m.d./ph.d, jd/mba, jd/phd, "
    "mba/msc, ba/ma, bsc/msc"
)
"""Parts of one person's name with a sign that otherwise joins two names."""
TECH_ROLE: Final = "it, ict, data, ml, ai, analytics, infrastructure, engineer, scientist, developer"
"""Words of roles that build or host systems."""
TRADE_TOO: Final = "engineer, scientist, developer"
"""Technical roles that exist in every trade: after another word they count only if it is in TECH_TRADE."""
TECH_TRADE: Final = (
    "ai, analytics, application, applications, automation, backend, bi, chief, cloud, computer, data, database, "
    "deployment, devops, frontend, full-stack, ict, infrastructure, integration, it, junior, lead, learning, machine, "
    "ml, mlops, network, platform, principal, qa, reliability, security, senior, software, solution, solutions, staff, "
    "support, system, systems, test, web"
)
TECH_ROLE_EXEMPT: Final = (
    "data protection, data steward, master data, gas network engineer, heat network engineer, power network "
    "engineer, rail network engineer, road network engineer, water network engineer, data entry"
)

TECH_EXACT: Final = (
    "accuracy, auc, auroc, bleu, confidence, f1, f1 score, f1-score, hallucination rate, inference time, latency, "
    "log loss, mae, mape, model performance, model quality, mse, perplexity, precision, r squared, r2, recall, "
    "response time, rmse, roc auc, rouge, speed, throughput, uptime, wer"
)
"""Technical measures if they are the whole name."""
TECH_PHRASE: Final = (
    "model accuracy, prediction accuracy, classification accuracy, precision and recall, precision/recall, "
    "f1 score, f1-score, roc auc, rmse, mape, mean absolute error, mean squared error, log loss, perplexity, "
    "bleu score, rouge score, word error rate, hallucination rate, inference latency, inference time, "
    "model latency, p95 latency, p99 latency, tokens per second, confidence score, validation loss, model drift, "
    "api uptime, system uptime"
)
"""Technical measures anywhere in a name."""
ACTIVITY: Final = (
    "logins, log-ins, clicks, page views, active users, adoption, users onboarded, users trained, "
    "predictions served, number of predictions, requests handled, messages sent, prompts, number of runs, "
    "models deployed"
)
"""Measures of activity, not of results."""
ACTIVITY_EXEMPT: Final = (
    "adoption of abandoned, adoption of animals, adoption of cats, adoption of children, adoption of dogs, "
    "adoption of rescued, animal adoption, cat adoption, child adoption, dog adoption, pet adoption, "
    "messages sent in error, messages sent to the wrong, messages sent twice, requests handled again, "
    "requests handled late, requests handled on time, requests handled twice, requests handled within, "
    "requests handled without"
)
ACCURACY: Final = "accuracy, precision, recall"
"""Measures that are technical in most trades."""
ACCURACY_EXEMPT: Final = (
    "order accuracy, picking accuracy, pick accuracy, invoice accuracy, billing accuracy, inventory "
    "accuracy, stock accuracy, forecast accuracy, shipping accuracy, claim accuracy, coding accuracy, "
    "payroll accuracy, product recall, recalls, recall cost, recall appointments, recall visits, precision "
    "machining, precision parts, address accuracy, assembly accuracy, budget accuracy, cash accuracy, count "
    "accuracy, counting accuracy, cutting accuracy, delivery accuracy, despatch accuracy, dimensional "
    "accuracy, dispatch accuracy, dispensing accuracy, dosage accuracy, dosing accuracy, estimate accuracy, "
    "fill accuracy, filling accuracy, fulfilment accuracy, kitting accuracy, label accuracy, labelling "
    "accuracy, ledger accuracy, loading accuracy, machining accuracy, measurement accuracy, medication "
    "accuracy, meter accuracy, packing accuracy, payment accuracy, plan accuracy, planning accuracy, "
    "positioning accuracy, price accuracy, quotation accuracy, quote accuracy, record accuracy, schedule "
    "accuracy, till accuracy, timetable accuracy, weighing accuracy, weight accuracy, precision "
    "agriculture, precision assembly, precision casting, precision castings, precision components, "
    "precision engineering, precision farming, precision grinding, precision mechanics, precision optics, "
    "precision tools, precision turned, batch recall, dental recall, patient recall, recall attendance, "
    "recall campaign, recall completion, recall letters, recall notices, safety recall, vehicle recall, "
    "accuracy of addresses, accuracy of counts, accuracy of deliveries, accuracy of delivery, accuracy of "
    "invoices, accuracy of orders, accuracy of payments, accuracy of records, accuracy of stock"
)
PERCENT: Final = "%, percent, per cent, pct, percentage, prozent, por ciento, pour cent"
"""What a unit begins with that means percent."""
POINTS: Final = (
    "percentage point, percentage points, percent points, per cent points, % points, %-points, pp, ppt, point, "
    "points, pts, nps, net promoter score, prozentpunkt, prozentpunkte, punkte, punto porcentual, puntos "
    "porcentuales, puntos, point de pourcentage, points de pourcentage, share, proportion, fraction"
)
"""What a unit begins with that means points of a scale or parts of a whole: of them a ratio says nothing."""

REPORT: Final = (
    "report, roadmap, deck, slides, slide, presentation, strategy, assessment, recommendations, recommendation, "
    "feasibility, study, proof of concept, poc, pilot, prototype, mvp, demo, notebook, findings, whitepaper, "
    "white paper, workshop, framework, playbook, blueprint"
)
"""Deliverables that are documents or trials."""
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
    "cab dashboard, car dashboard, car's dashboard, driver's dashboard, truck dashboard, truck's dashboard, "
    "van dashboard, van's dashboard, vehicle dashboard, vehicle's dashboard, separate collection, "
    "separate-collection"
)
SCORE: Final = (
    "score, scores, probability, likelihood, confidence, risk level, rating, index, percentile, percentage, "
    "propensity"
)
"""Outputs that a person has to interpret."""
SCORE_EXEMPT: Final = (
    "apgar score, early warning score, exam score, exam scores, match score, pain score, test score, test "
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
