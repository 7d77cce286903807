"""What holds for every advice page: any rule, any level, any opening state."""

from hypothesis import given
from hypothesis import strategies as st

from aftercare.warning_signs.advice import Call
from aftercare.warning_signs.catalogue import RULES
from aftercare.warning_signs.opening import OpeningState
from aftercare.warning_signs.vocabulary import Level, Sign

from .advice_pages import OPEN, STATES, result, told, words_of

results = st.sampled_from(
    [result(rule.id, level) for rule in RULES for level in rule.levels]
    + [result("LN-ALONE", Level.URGENT), result("FEVER-LOW", Level.URGENT)]
)
pages = st.builds(
    lambda found, day, when, signs, weak: told(
        *found,
        day=day,
        when=when,
        signs=frozenset(signs),
        risk_factors=frozenset({"immunosuppressed"} if weak else ()),
    ),
    st.lists(results, max_size=5),
    st.integers(-3, 180),
    st.sampled_from(STATES),
    st.sets(st.sampled_from(Sign)),
    st.booleans(),
)


@given(pages)
def test_every_page_says_what_to_do_and_whom_to_call(page):
    assert page.title
    assert page.action
    assert page.call_number in {"020 7946 0311", "111", "999"}
    assert all(words.strip() == words != "" for words in page.action + page.why)


@given(pages)
def test_every_flagged_page_says_why_and_what_if_nobody_answers(page):
    if page.level >= Level.PROMPT:
        assert page.why
        assert page.meaning
        assert page.backup
        assert page.do
        assert page.do_not
        assert not page.green
    else:
        assert page.why == ()


@given(pages)
def test_no_blank_is_left_unfilled(page):
    for words in words_of(page):
        assert "{" not in words
        assert "  " not in words


@given(pages)
def test_no_page_below_an_emergency_hides_the_emergency_signs(page):
    assert bool(page.emergency_signs) == (page.level < Level.EMERGENCY)


@given(st.lists(results, max_size=5), st.sampled_from(STATES))
def test_the_clinic_is_called_only_while_it_can_answer(found, when):
    page = told(*found, when=when)
    if page.level is Level.URGENT and when is not OPEN:
        assert page.call is Call.OUT_OF_HOURS
    if when.state in {OpeningState.CLOSED, OpeningState.NO_HOURS}:
        assert page.call is not Call.CLINIC
