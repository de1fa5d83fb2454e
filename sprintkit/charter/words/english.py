"""The English word lists. Entries are separated by commas and never matched inside a word.

Lists that end in EXEMPT hold fixed expressions in which a word of the list before them means something else.
"""

from __future__ import annotations

from typing import Final

PLACEHOLDER: Final = (
    "-, --, ?, ??, ???, fixme, ipsum, lorem, n/a, na, none, pending, tba, tbc, tbd, tbh, todo, unassigned, "
    "unknown, vacant, xxx"
)
"""Placeholders when they are the whole answer."""
PLACEHOLDER_PHRASE: Final = (
    "tbd, tbc, tba, todo, fixme, ???, to be decided, to be determined, to be confirmed, to be defined, "
    "to be announced, to be named, to be hired, to be agreed, fill in, lorem ipsum"
)
"""Placeholders anywhere in an answer."""
PLACEHOLDER_EXEMPT: Final = ""
FILL_IN: Final = "insert, name, here, date, your, fill, text, value, number"
"""Words inside <…> that show it is meant to be filled in."""

WEASEL: Final = (
    "asap, as soon as possible, as appropriate, where appropriate, if possible, where possible, as possible, "
    "as needed, if needed, as required, when necessary, etc, and so on, and so forth, "
    "such as but not limited to, including but not limited to, best effort, best efforts, sufficient, "
    "sufficiently, adequate, adequately, reasonable, reasonably, timely, in due course, user-friendly, "
    "user friendly, seamless, seamlessly, robust, intuitive, state-of-the-art, world-class, significant, "
    "significantly, substantially, more or less, regularly, periodically, from time to time, at some point"
)
"""What cannot be tested. Left out for too many false alarms: some, many, most, several, quickly."""
WEASEL_EXEMPT: Final = "timely filing, significant figures, sufficient funds, adequate intake"

VAGUE: Final = (
    "improve, enhance, optimise, optimize, streamline, leverage, empower, enable, transform, modernise, "
    "modernize, facilitate, drive, unlock, boost, revolutionise, revolutionize, explore, investigate, assist, "
    "help, support, accelerate, augment, harness, supercharge, rethink, innovate, upgrade, maximise, maximize, "
    "elevate"
)
"""Verbs that say no work."""
NOUN_OR_VERB: Final = "support, help, upgrade, drive, boost, assist"
"""Vague words that are no verbs before a word of NOUNISH."""
NOUNISH: Final = (
    "agent, agents, call, calls, case, cases, desk, email, emails, engineer, engineers, inbox, line, lines, "
    "order, orders, queue, quote, quotes, request, requests, staff, team, teams, ticket, tickets"
)
CONCRETE: Final = (
    "assign, route, approve, reject, refuse, draft, write, classify, sort, flag, extract, match, merge, fill, "
    "book, schedule, reschedule, answer, reply, escalate, forward, send, call, phone, email, order, reorder, "
    "price, quote, reconcile, transcribe, translate, summarise, summarize, tag, label, detect, count, read, "
    "return, request, create, open, close, cancel, confirm, accept, dispatch, release, hold, pay, invoice, "
    "refund, post, publish, print, attach, add, remove, replace, update, set, pick, choose, press, copy, move, "
    "check in, sign, stop, start, pause, run, inspect, reject, rank, grade, allocate, notify, remind"
)
"""Verbs that say what is done to a case."""
INTERPRETIVE: Final = (
    "review, consider, check, look, assess, evaluate, interpret, monitor, decide, analyse, analyze, understand, "
    "judge, think, use, explore, investigate, see, note, be"
)
"""Verbs that leave the thinking to whoever reads them."""
IRREGULAR: Final = "send=sent, write=wrote, hold=held, pay=paid, run=ran, choose=chose"
"""Irregular forms, as verb=form."""
NOUN_MARK: Final = "the, a, an, this, each, its, their, our, your, any, of"
"""After one of these a word that could be a verb is a noun."""
GRABBAG: Final = (
    "as well as, in addition, additionally, and also, along with, plus other, and more, multiple use cases"
)
"""Signs of more than one use case."""
TECH: Final = (
    "llm, llms, gpt, genai, generative ai, machine learning, deep learning, neural network, chatbot, rag, "
    "large language model, ai-powered, ai powered, foundation model, copilot, agentic"
)
"""Technology in a use case. Left out: agent, since people are agents."""
TECH_EXEMPT: Final = ""

FUNCTION: Final = (
    "accounting, admin, administration, ai, analytics, bi, business, compliance, crm, customer, data, devops, "
    "digital, engineering, engineers, erp, finance, hr, i.t, ict, infrastructure, innovation, it, leadership, "
    "legal, logistics, management, manufacturing, marketing, ml, mlops, operation, operations, ops, planning, "
    "platform, procurement, product, production, quality, revops, sales, science, scientists, security, service, "
    "services, support, tech, technology"
)
GROUP: Final = (
    "agency, all, anybody, anyone, board, both, committee, consultant, consultants, contractor, contractors, "
    "council, crew, department, departments, dept, desk, division, everybody, everyone, folks, function, group, "
    "guys, multiple, nobody, office, partner, people, shared, somebody, someone, squad, staff, stakeholders, "
    "steerco, supplier, taskforce, team, teams, unit, users, various, vendor"
)
STRICT_GROUP: Final = "committee, department, dept, squad, stakeholders, steerco, taskforce, team, teams"
"""Words no name of one person has."""
ROLE: Final = (
    "administrator, administrators, analyst, analysts, caio, cdo, ceo, cfo, chief, cio, ciso, coo, coordinator, "
    "coordinators, cto, developer, developers, director, directors, engineer, evp, executive, executives, head, "
    "heads, hire, junior, lead, leader, leaders, leads, manager, managers, new, no, officer, officers, one, owner, "
    "owners, person, position, president, role, senior, specialist, specialists, supervisor, supervisors, svp, "
    "vice, vp"
)
FILLER: Final = "&, a, an, and, any, be, by, for, from, in, of, or, our, some, the, to, with"
JOIN: Final = "and, or"
"""Words that join two names."""
JOIN_EXEMPT: Final = ""
TECH_ROLE: Final = "it, ict, data, ml, ai, analytics, infrastructure, engineer, scientist, developer"
TECH_ROLE_EXEMPT: Final = ""

TECH_EXACT: Final = (
    "accuracy, auc, auroc, bleu, confidence, f1, f1 score, f1-score, hallucination rate, inference time, latency, "
    "log loss, mae, mape, model performance, model quality, mse, perplexity, precision, r squared, r2, recall, "
    "response time, rmse, roc auc, rouge, speed, throughput, uptime, wer"
)
"""Technical measures when they are the whole name."""
TECH_PHRASE: Final = (
    "model accuracy, prediction accuracy, classification accuracy, precision and recall, precision/recall, "
    "f1 score, f1-score, roc auc, rmse, mape, mean absolute error, mean squared error, log loss, perplexity, "
    "bleu score, rouge score, word error rate, hallucination rate, inference latency, inference time, "
    "model latency, p95 latency, p99 latency, tokens per second, confidence score, validation loss, model drift, "
    "api uptime, system uptime"
)
ACTIVITY: Final = (
    "logins, log-ins, clicks, page views, active users, adoption, users onboarded, users trained, "
    "predictions served, number of predictions, requests handled, messages sent, prompts, number of runs, "
    "models deployed"
)
"""Measures of being busy."""
ACTIVITY_EXEMPT: Final = ""
ACCURACY: Final = "accuracy, precision, recall"
ACCURACY_EXEMPT: Final = (
    "order accuracy, picking accuracy, pick accuracy, invoice accuracy, billing accuracy, inventory accuracy, "
    "stock accuracy, forecast accuracy, shipping accuracy, claim accuracy, coding accuracy, payroll accuracy, "
    "product recall, recalls, recall cost, recall appointments, recall visits, precision machining, "
    "precision parts"
)
PERCENT: Final = "%, percent, per cent, pct"
"""Units that are percent."""

REPORT: Final = (
    "report, roadmap, deck, slides, slide, presentation, strategy, assessment, recommendations, recommendation, "
    "feasibility, study, proof of concept, poc, pilot, prototype, mvp, demo, notebook, findings, whitepaper, "
    "white paper, workshop, framework, playbook, blueprint"
)
"""Deliverables that are paper or a trial."""
REPORT_EXEMPT: Final = ""
LIVE: Final = "in production, live, runs in, running in, in daily use, used daily"
"""Signs that something runs."""
DASH: Final = (
    "dashboard, portal, separate, standalone, stand-alone, new app, new application, new tool, new screen, "
    "log in, login, web app, spreadsheet, exported file, weekly email, emailed report"
)
"""Places people have to go to."""
DASH_EXEMPT: Final = ""
SCORE: Final = (
    "score, scores, probability, likelihood, confidence, risk level, rating, index, percentile, percentage, "
    "propensity"
)
SCORE_EXEMPT: Final = ""
REASON: Final = (
    "because, since, due to, reason, caused by, missing, dropped, rose, fell, changed from, over the, under the, "
    "exceeds, below the"
)
"""Signs that an output says why."""
MANUAL: Final = (
    "manual, manually, by hand, queue, mailbox, list, previous, as today, old, paper, phone, telephone, fax, "
    "person, clerk"
)
"""Ways to go on without the system; a plural s is allowed."""
HEDGE: Final = (
    "depends, case by case, case-by-case, it varies, varies, usually, normally, typically, generally, gut, "
    "experience, common sense, judgement, judgment, as the rep sees fit, sometimes, whoever, discretion"
)
"""Words of a rule that is none."""
HEDGE_EXEMPT: Final = ""
CONDITION: Final = (
    "if, when, unless, else, otherwise, above, below, at least, more than, less than, over, under"
)
"""Words of a rule that says on what it depends."""
