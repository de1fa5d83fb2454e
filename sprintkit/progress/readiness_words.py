"""The words of a readiness score: its bands, and the ML Test Score's labels."""

from __future__ import annotations

from typing import Final

from sprintkit.text.phrases import Pattern

NOT_READY: Final = Pattern("readiness_band_not_ready", "not ready to scope")
FIX_FIRST: Final = Pattern("readiness_band_fix_first", "scope, but fix {area} first")
READY_TO_SCOPE: Final = Pattern("readiness_band_ready_to_scope", "ready to scope")
READY_TO_BUILD: Final = Pattern("readiness_band_ready_to_build", "ready to build")
WEIGHTS_DECIDE: Final = Pattern("readiness_weights_decide", "the band depends on the weights")

RESEARCH_PROJECT: Final = Pattern("readiness_research_project", "research project")
SERIOUS_HOLES: Final = Pattern("readiness_serious_holes", "serious holes")
FIRST_PASS: Final = Pattern("readiness_first_pass", "first pass")
REASONABLY_TESTED: Final = Pattern("readiness_reasonably_tested", "reasonably tested")
STRONG: Final = Pattern("readiness_strong", "strong")
