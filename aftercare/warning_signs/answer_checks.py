"""Answers that cannot stand together: such a log is refused (specification 2)."""

from __future__ import annotations

from .facts import Answers
from .reading import has_node_details
from .vocabulary import Blisters, Severity

MAX_PAIN = 10
MAX_FREE_TEXT = 2000


def problems(answers: Answers) -> dict[str, str]:
    """Why a log would be refused: item and reason; empty if it would be taken."""
    found = {}
    if answers.pain is not None and not 0 <= answers.pain <= MAX_PAIN:
        found["pain"] = f"must be a whole number from 0 to {MAX_PAIN}"
    if answers.swelling_sites and answers.swelling in (None, Severity.NONE):
        found["swelling_sites"] = "must be empty when there is no swelling"
    if answers.lymph_nodes.present is False and has_node_details(answers.lymph_nodes):
        found["lymph_nodes"] = "must be empty when there are no swollen glands"
    if answers.blisters_near_eye and (answers.blisters or Blisters.NONE) < (
        Blisters.COLD_SORE
    ):
        found["blisters_near_eye"] = "needs a cold sore or blisters"
    if len(answers.free_text) > MAX_FREE_TEXT:
        found["free_text"] = f"must not be longer than {MAX_FREE_TEXT} characters"
    return found
