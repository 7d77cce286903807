"""However a course came about, what its answers support is the same.

A history is written down once as it was, and once as people do: late, first wrong and
then corrected, entered by mistake and taken back, days that never were. Both must have
the same `current`. (A red flag asked about later, "is this still happening?", may
truly differ; it is left open here. Refused logs are not part of a history.)
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.warning_signs.course_json import answer
from aftercare.warning_signs.facts import Answers, LymphNodes, Procedure
from aftercare.warning_signs.vocabulary import FeverMedicine, Level

from . import strategies as some

quick = settings(max_examples=100, deadline=None)

MEDICINE = {FeverMedicine.YES: True, FeverMedicine.NO: False}
Submission = dict[str, Any]
answers = some.answers(without=("still_present_now",))


def as_json(answers: Answers) -> dict[str, Any]:
    """Answers in the assess format, *not asked* as null."""
    log = {f.name: _value(getattr(answers, f.name)) for f in fields(answers)}
    nodes = answers.lymph_nodes
    log["lymph_nodes"] = (
        None
        if nodes == LymphNodes()
        else {f.name: _value(getattr(nodes, f.name)) for f in fields(nodes)}
    )
    return log


def _value(value: Any) -> Any:
    if isinstance(value, FeverMedicine):
        return MEDICINE.get(value, str(value))
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    return str(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class History:
    """The logs of a course as they were, and one way in which they were submitted."""

    in_order: list[Submission]
    as_submitted: list[Submission]


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Up to four days, each submitted in its own way."""
    days = draw(
        st.lists(st.integers(-2, 12), min_size=1, max_size=4, unique=True).map(sorted)
    )
    in_order: list[Submission] = []
    submitted: list[Submission] = []
    for day in days:
        log = {"day": day, **as_json(draw(answers))}
        true, happened = draw(_ways(day, log))
        in_order += true
        submitted += happened
    submitted.sort(key=lambda entry: entry["submitted_on_day"])
    return History(in_order, submitted)


@st.composite
def _ways(
    draw: st.DrawFn, day: int, log: Submission
) -> tuple[list[Submission], list[Submission]]:
    """What is true of a day, and the entries by which it came to be known."""
    on = day + draw(st.integers(0, 3))
    wrong = {"day": day, "submitted_on_day": day, **as_json(draw(answers))}
    right = log | {"submitted_on_day": on}
    correction = right | {"entry": "correction"}
    retraction = {"day": day, "submitted_on_day": on, "entry": "retraction"}
    more = {"day": day, "submitted_on_day": on, **as_json(draw(answers))}
    return draw(
        st.sampled_from(
            [
                ([log], [right]),
                ([log], [wrong, correction]),
                ([log], [wrong, wrong, correction, correction]),
                ([log], [wrong, retraction, right]),
                ([log, more | {"submitted_on_day": day}], [right, more]),
                ([log, more | {"submitted_on_day": day}], [wrong, correction, more]),
                ([], [wrong, retraction]),
            ]
        )
    )


def judged(procedure: Procedure, logs: list[Submission]) -> dict[str, Any]:
    treated = {
        "type": str(procedure.type),
        "needle_depth_mm": procedure.needle_depth_mm,
        "sterile_single_use": str(procedure.sterile_single_use),
        "risk_factors": sorted(procedure.risk_factors),
    }
    return answer({"procedure": treated, "logs": logs})


def levels(days: list[dict[str, Any]]) -> dict[tuple[int, str], Level]:
    return {
        (day["day"], result["rule"]): Level[result["level"]]
        for day in days
        for result in day["results"]
    }


@quick
@given(some.procedures, histories())
def test_late_corrected_and_retracted_logs_end_as_if_entered_in_order(
    procedure: Procedure, history: History
) -> None:
    plain = judged(procedure, history.in_order)
    tangled = judged(procedure, history.as_submitted)

    assert tangled["rejected"] == plain["rejected"] == []
    assert tangled["current"] == plain["current"]


@quick
@given(some.procedures, histories())
def test_what_the_answers_support_has_been_raised(
    procedure: Procedure, history: History
) -> None:
    judgement = judged(procedure, history.as_submitted)
    raised = levels(judgement["raised"])

    for key, level in levels(judgement["current"]).items():
        assert raised[key] >= level
