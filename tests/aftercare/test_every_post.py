"""For every log that can be posted: never our error, no "no" unsaid, no sign lost."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftercare.models import AdviceGiven, DailyLog
from aftercare.models.answers import PICK_ONE, YES_NO, columns
from aftercare.warning_signs.signs import TILES
from aftercare.warning_signs.vocabulary import Sign
from tests.aftercare.log_values import CALM, every_value
from tests.builders import MONDAY

# --- Bar 6: a ticked sign is saved and flagged ------------------------------------------

SIGNS = [sign.value for sign in Sign]
BESIDE = {
    "nothing else": {},
    "None of these": {"signs": "none"},
    "a calm log": CALM,
    "an answer that cannot be": {"temperature": "warm", "pain": "many", "redness": "?"},
    "a date that is none": {"for_date": "9999-99-99"},
    "a note that is too long": {"free_text": "a" * 3000},
}


def post(maya: Any, treatment: Any, sent: dict[str, Any]) -> Any:
    return maya.post(f"/log/{treatment.pk}/", sent)


def ticked(sign: str, beside: dict[str, Any]) -> dict[str, Any]:
    signs = [sign, beside["signs"]] if "signs" in beside else [sign]
    return {"key": str(uuid.uuid4())} | beside | {"signs": signs}


@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize("sign", SIGNS)
def test_a_ticked_sign_is_saved_and_flagged_beside(sign, beside, maya, treatment):
    assert post(maya, treatment, ticked(sign, BESIDE[beside])).status_code == 303
    assert getattr(treatment.logs.get(), f"signs_{sign}")
    assert treatment.flags.open().exists()


@pytest.mark.parametrize("sign", SIGNS)
def test_a_ticked_sign_that_is_sent_twice_is_flagged_once(sign, maya, treatment):
    sent = ticked(sign, {})
    first, again = post(maya, treatment, sent), post(maya, treatment, sent)
    assert first["Location"] == again["Location"]
    assert treatment.logs.count() == 1
    rules = list(treatment.flags.open().values_list("rule", flat=True))
    assert rules
    assert len(set(rules)) == len(rules)


@pytest.mark.parametrize("back", [1, 2, 3])
@pytest.mark.parametrize("sign", SIGNS)
def test_a_ticked_sign_of_an_earlier_day_is_saved_and_flagged(
    sign, back, maya, treatment
):
    day = MONDAY.date() - timedelta(days=back)
    assert post(maya, treatment, ticked(sign, {"for_date": day})).status_code == 303
    assert treatment.logs.get().for_date == day
    assert treatment.flags.open().exists()


# --- Bar 7: no answer is a "no" that the patient did not say ---------------------------

ADMITTED: dict[str, set[str]] = {}
for _field, _value, *_ in every_value():
    ADMITTED.setdefault(_field, set()).add(_value)
TYPED = st.sampled_from(["", "37.9", "101,3 F", "-1", "<b>", "٣", "a" * 2500, "\u2028"])
JUNK = st.sampled_from(["", "none", "no", "yes", "x", "0", "-1", "1e9", "\U0001f912"])


def values_of(field: str) -> st.SearchStrategy[list[str]]:
    """What may be sent for a field: mostly what the page offers, sometimes anything."""
    if field in {"temperature", "free_text", "best_number", "for_date", "key"}:
        return st.lists(TYPED, max_size=2)
    offered = sorted(ADMITTED.get(field, {"none"}))
    return st.lists(st.sampled_from(offered) | JUNK, max_size=3)


FIELDS = [*ADMITTED, "temperature_unit", "best_number", "best_time", "for_date", "key"]
EXTRA = st.lists(st.sampled_from(FIELDS), max_size=8, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: values_of(name) for name in names})
)
TICKS = st.lists(st.sampled_from([*SIGNS, "none", "x"]), max_size=3)


@st.composite
def posts(draw: st.DrawFn) -> dict[str, list[str]]:
    """A form as it might arrive: whole or not, contradicting itself or not."""
    sent = (
        {name: [value] for name, value in CALM.items()} if draw(st.booleans()) else {}
    )
    sent |= draw(EXTRA)
    ticks = draw(TICKS)
    return sent | ({"signs": ticks} if ticks else {})


NONE_OF_ITS_OWN = {
    "node_getting_bigger": "node_more",
    "node_hard_or_fixed": "node_more",
    "node_skin_red_over": "node_more",
}
PRINTED = {
    name.replace("lymph_nodes.present", "node_present").replace(".", "_")
    for tile in TILES
    for name in tile.denied
}
BEHIND_TILES = {name for tile in TILES for name in tile.defining} - {"itch"}


def noes(log: DailyLog) -> set[str]:
    """The columns that say no: no to a yes-or-no, and the least of a scale."""
    said = {column.name: getattr(log, column.name) for column in columns()}
    least = {name: next(iter(choice)).value for name, choice in PICK_ONE.items()}
    del least["overall_change"], least["node_size"], least["node_pain"]
    return {
        name
        for name, value in said.items()
        if value is False or (name in least and value == least[name])
    } | ({"pain"} if log.pain == 0 else set())


def has_sign(log: DailyLog) -> bool:
    """Whether a tile is ticked, or anything behind one was said."""
    told = {
        name
        for column in columns()
        if (value := getattr(log, name := column.name))
        and name not in noes(log)
        and not (name in PICK_ONE and value in {"none", "no"})
    }
    behind = {
        name
        for name in told
        if any(name == one or name.startswith(f"{one}_") for one in BEHIND_TILES)
    }
    return any(getattr(log, f"signs_{sign}") for sign in SIGNS) or bool(behind)


def was_said(column: str, sent: dict[str, list[str]], log: DailyLog) -> bool:
    """Whether the post says this no: by its own answer, or by a None of its own."""
    if column in PICK_ONE or column == "pain":
        by_itself = bool(sent.get(column))
    elif column in YES_NO and column in sent:
        by_itself = "no" in sent[column]
    else:
        own = "aftercare_lapses" if "lapses" in column else NONE_OF_ITS_OWN.get(column)
        by_itself = "none" in sent.get(own or "", [])
    nothing = "none" in sent.get("signs", []) and not has_sign(log)
    return by_itself or (nothing and column in PRINTED)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=posts())
def test_whatever_is_posted_is_stored_whole_or_not_at_all(sent, maya, treatment):
    with transaction.atomic():
        answer = post(maya, treatment, sent)
        stored = list(treatment.logs.all())
        advised = AdviceGiven.objects.filter(log__in=stored).count()
        transaction.set_rollback(True)
    assert answer.status_code in {303, 422}
    assert len(stored) == advised == (answer.status_code == 303)
    known = set(sent.get("signs", [])) & set(SIGNS)
    assert not known or stored, "a ticked sign was sent back"
    for log in stored:
        assert {name for name in SIGNS if getattr(log, f"signs_{name}")} == known
        unsaid = {name for name in noes(log) if not was_said(name, sent, log)}
        assert unsaid == set()
