"""The sources of the rules, as `check --explain` names them."""

from __future__ import annotations

from typing import Final

OWN: Final = "sprintkit's own judgement"
GAP: Final = "Elemus, The AI Implementation Gap (December 2025)"
BLOCKERS: Final = f"{GAP}, on the four operational blockers"
LAST_MILE: Final = f"{GAP}, on the last mile"
PRODUCTION: Final = f"{GAP}, on what is production-grade"
FIXED_SCOPE: Final = f"{GAP}, on fixed-scope sprints"

ML_TEST_SCORE: Final = "Breck et al., The ML Test Score (2017)"
RULES_OF_ML: Final = "Zinkevich, Rules of Machine Learning"
PLAYBOOK: Final = "Microsoft, Engineering Fundamentals Playbook, on machine learning projects"
LAUNCH: Final = "Google, Site Reliability Engineering, launch coordination checklist"
KUBERNETES: Final = "Kubernetes enhancement proposals, production readiness questionnaire"
AI_RMF: Final = "NIST AI Risk Management Framework 1.0"
CHECKS: Final = "Great Expectations, and the Table Schema constraints"
PM2: Final = "European Commission, PM² guide"
RACI: Final = "RACI and DACI: one accountable, one approver"
SHAPE_UP: Final = "Singer, Shape Up (Basecamp)"
GUARDRAILS: Final = "Kohavi, Tang and Xu, Trustworthy Online Controlled Experiments, on guardrail metrics"
SURROGATES: Final = "Harris and Tayler, Don't Let Metrics Undermine Your Business (HBR 2019)"
SMELLS: Final = "Femmer et al., Rapid Quality Assurance with Requirements Smells (arXiv 1611.08847)"
EARNED: Final = "Lipke, Earned Schedule; the 0/100 rule of earned value"
RAND: Final = "RAND, RR-A2680-1 (2024), on why AI projects fail"
GREEN_BOOK: Final = "HM Treasury, The Green Book, on optimism bias"
DEON: Final = "DrivenData, deon ethics checklist"
GOALS: Final = "Rust project goals: owners, one point of contact"
