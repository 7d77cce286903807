"""What other parameters would say: new, gone, moved or the same."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from aftercare.warning_signs.facts import Answers, Course, Log, LymphNodes, Procedure
from aftercare.warning_signs.parameters import DEFAULTS, Parameters
from aftercare.warning_signs.shadow import Fate, Shadow, said_of
from aftercare.warning_signs.vocabulary import OverallChange, Phase, Severity
from aftercare.warning_signs.watched import different, watch_differences

DAYS = 6
LATER = replace(DEFAULTS.standard, red_mod_until=9)


def course(*answers: Answers) -> Course:
    logs = tuple(Log(day, given) for day, given in enumerate(answers, start=1))
    return Course(Procedure(), logs)


def fates(given: Course, other: Parameters) -> dict[str, Fate]:
    return {one.rule: one.fate for one in Shadow(other).compare(given)}


def warm(reading: str) -> Course:
    return course(Answers(temperature_c=Decimal(reading)))


def test_the_same_parameters_find_the_same():
    found = fates(warm("38.4"), replace(DEFAULTS))
    assert found == {"FEVER": Fate.SAME}


def test_a_lower_number_finds_more():
    found = fates(warm("37.9"), replace(DEFAULTS, fever=Decimal("37.9")))
    assert Fate.NEW in found.values() or Fate.MOVED in found.values()


def test_a_higher_number_finds_less():
    found = fates(warm("38.0"), replace(DEFAULTS, fever=Decimal("38.6")))
    assert found["FEVER"] in {Fate.GONE, Fate.MOVED}


def test_a_level_that_moves_is_told_apart_from_one_that_is_new():
    pain = course(Answers(pain=7))
    gone = fates(pain, replace(DEFAULTS, pain_severe=9))
    new = fates(course(Answers(pain=6)), replace(DEFAULTS, pain_severe=6))
    assert gone["PAIN-SEVERE"] is Fate.GONE
    assert new["PAIN-SEVERE"] is Fate.NEW


def test_what_comes_of_a_day_names_it():
    [found] = Shadow(replace(DEFAULTS)).compare(warm("38.4"))
    assert (found.day, found.phase, found.now) == (1, Phase.POST, found.then)


def test_a_course_that_never_looks_is_not_judged_twice(monkeypatch):
    judged = []

    def counted(given, parameters):
        judged.append(parameters)
        return said_of(given, parameters)

    monkeypatch.setattr("aftercare.warning_signs.shadow.said_of", counted)
    other = replace(DEFAULTS, fever=Decimal("37.9"))
    list(Shadow(other).compare(course(Answers(pain=3))))
    assert len(judged) == 1
    list(Shadow(other).compare(warm("37.0")))
    assert len(judged) == 3


def test_a_look_at_a_window_is_noticed():
    watched, looked = watch_differences(DEFAULTS, replace(DEFAULTS, standard=LATER))
    assert watched.standard.swell_mod_until == DEFAULTS.standard.swell_mod_until
    assert not looked.at
    assert watched.standard.red_mod_until == DEFAULTS.standard.red_mod_until
    assert looked.at


answers = st.builds(
    Answers,
    pain=st.none() | st.integers(0, 10),
    redness=st.none() | st.sampled_from(Severity),
    swelling=st.none() | st.sampled_from(Severity),
    temperature_c=st.none() | st.sampled_from([Decimal("37.8"), Decimal("38.1")]),
    feels_feverish=st.none() | st.booleans(),
    overall_change=st.none() | st.sampled_from(OverallChange),
    lymph_nodes=st.builds(LymphNodes, present=st.none() | st.booleans()),
    free_text=st.sampled_from(["", "I fainted this morning.", "No pus at all."]),
)
others = st.sampled_from(
    [
        replace(DEFAULTS, fever=Decimal("37.8")),
        replace(DEFAULTS, pain_severe=5, pain_rise=1),
        replace(DEFAULTS, standard=LATER),
        replace(DEFAULTS, text_urgent=("fainted",)),
        replace(DEFAULTS, consec_gap_days=5, ln_persist=2),
    ]
)


@given(st.lists(answers, min_size=1, max_size=DAYS), others)
def test_a_shadow_says_what_both_sets_say_when_they_are_asked_alone(said, other):
    given = course(*said)
    found = {
        (c.day, c.phase, c.rule): (c.now, c.then) for c in Shadow(other).compare(given)
    }
    now, then = said_of(given, DEFAULTS), said_of(given, other)
    assert found == {
        key: (now.get(key, 0), then.get(key, 0)) for key in now.keys() | then.keys()
    }
    assert different(DEFAULTS, other)
