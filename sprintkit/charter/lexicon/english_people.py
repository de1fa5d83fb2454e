"""The English term lists about people and groups. `english` holds the others."""

from __future__ import annotations

from typing import Final

FUNCTION: Final = (
    "accounting, admin, administration, ai, analytics, bi, business, compliance, crm, customer, data, devops, "
    "digital, engineering, engineers, erp, finance, hr, i.t, ict, infrastructure, innovation, it, leadership, "
    "legal, logistics, management, manufacturing, marketing, ml, mlops, operation, operations, ops, planning, "
    "platform, procurement, product, production, quality, revops, sales, science, scientists, security, service, "
    "services, support, tech, technology"
)
"""Business functions, which are not part of a name."""
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
JOB: Final = (
    "accountant, adjuster, administrator, adviser, advisor, agent, analyst, architect, assessor, "
    "assistant, associate, auditor, buyer, cashier, champion, clerk, consultant, controller, coordinator, "
    "delegate, deputy, designer, developer, director, dispatcher, doctor, engineer, executive, expert, "
    "foreman, head, inspector, lead, leader, librarian, maintainer, manager, mentor, midwife, nurse, "
    "officer, operator, owner, physician, physiotherapist, planner, president, principal, receptionist, "
    "registrar, representative, scheduler, scientist, secretary, sister, specialist, sponsor, steward, "
    "superintendent, supervisor, surveyor, teacher, technician, trainer, treasurer, underwriter, user"
)
"""Job titles of one person; several are a group. Left out: what is a surname everywhere (baker, cook, porter, taylor)."""
TRADE: Final = (
    "acting, account, accounts, admissions, area, asset, assistant, back, billing, branch, care, case, "
    "category, central, company, change, charge, chief, claims, clinic, clinical, cluster, commercial, "
    "compliance, country, credit, current, customer, data, day, delivery, demand, deputy, development, "
    "district, duty, early, export, facilities, facility, field, finance, fleet, floor, former, front, "
    "future, general, global, group, hub, import, information, interim, inventory, invoice, key, late, "
    "lead, line, local, logistics, maintenance, master, materials, matter, medical, national, network, "
    "new, night, nursing, office, on-call, operations, order, payroll, pharmacy, plant, policy, power, "
    "practice, pricing, principal, process, product, production, program, programme, project, property, "
    "protection, purchasing, quality, records, regional, relationship, reliability, resource, "
    "responsible, returns, revenue, risk, safety, sales, school, senior, service, shift, shop, site, "
    "solution, staff, station, stock, store, strategic, subject, super, supply, support, system, systems, "
    "team, technical, tenancy, test, theatre, title, traffic, training, transport, treasury, unit, "
    "vendor, ward, warehouse, workshop, yard"
)
"""Words that stand before a job title."""
JOB_ENDING: Final = ""
"""Ends of words that are job titles or units, in languages that write them as one word."""
VACANT: Final = (
    "to be recruited, to be hired, to be named, to be appointed, to be confirmed, to be assigned, to be "
    "determined, to be decided, to be defined, to be nominated, to be announced, to be filled, to be "
    "selected, being recruited, not yet named, not yet known, not appointed, not assigned, vacant, "
    "vacancy, unfilled, open position, open role, new hire, recruiting, will be named, will be nominated, "
    "will be appointed, successor of, replacement for, whoever"
)
"""What says that nobody is there yet."""
UNNAMED: Final = "tbd, tbc, tba, n.n, nn, n. n, xx, xxx, ???"
"""The same in a few letters, which may be part of somebody's name elsewhere."""
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
