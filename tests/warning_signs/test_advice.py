"""What the patient is told, at every level and whether the clinic is open or not."""

from dataclasses import FrozenInstanceError, replace

import pytest

from aftercare.warning_signs.advice import (
    Call,
    Looked,
    advice,
    shown_flags,
)
from aftercare.warning_signs.advice_words import EMERGENCY_SIGNS
from aftercare.warning_signs.catalogue import BY_ID
from aftercare.warning_signs.expected import NEVER_USUAL, expected_text
from aftercare.warning_signs.vocabulary import (
    AftercareLapse,
    Level,
    Phase,
    RedFlag,
    Sign,
)

from .advice_pages import (
    CLOSED,
    CLOSING,
    CONTACTS,
    NO_HOURS,
    OPEN,
    OUT_OF_HOURS,
    STATES,
    result,
    told,
    words_of,
)

CONTACT_ASKED = result("CONTACT", Level.PROMPT, "Asked to be contacted on day 4.")
FEVER = result("FEVER", Level.URGENT, "A temperature of 38.2 °C on day 4.")
BREATHING = result("BREATHING", Level.EMERGENCY, "Emergency sign, wheezing, on day 4.")
RED_PERSIST = result("RED-PERSIST", Level.PROMPT, "Moderate redness on day 8.")
ABOVE = result("ABOVE-EXPECTED", Level.WATCH, "More than expected: itch on day 4.")


# Nothing flagged


def test_a_calm_day_says_what_is_expected_and_when_to_call():
    page = told()
    assert page.title == "This is what we expect on day 4"
    assert page.expected == f"{expected_text(4)} {NEVER_USUAL}"
    assert page.action == (
        "Call us if you get swollen glands, a fever, pus, bad pain or fast swelling.",
        "Call us too if you are worried.",
    )
    assert (page.call, page.call_number) == (Call.CLINIC, "020 7946 0311")
    assert page.backup == (
        "Cannot reach us? Call 111. Say you had microneedling 4 days ago."
    )
    assert page.green
    assert (page.why, page.meaning, page.do, page.do_not, page.watch) == (
        (),
        "",
        (),
        (),
        (),
    )


def test_a_calm_day_when_closed_names_the_out_of_hours_line():
    page = told(when=CLOSED)
    assert page.action[0] == "The clinic is closed until tomorrow, 8am."
    assert page.action[1].startswith("Call 111 if you get swollen glands")
    assert (page.call, page.call_number) == (Call.OUT_OF_HOURS, "111")
    assert page.green


def test_a_little_more_than_expected_is_something_to_keep_an_eye_on():
    page = told(ABOVE)
    assert page.title == "Keep an eye on this"
    assert page.watch == (
        "More than expected: itch on day 4. This is a little more than usual. "
        "Keep logging.",
    )
    assert page.expected.startswith(expected_text(4))
    assert page.why == ()
    assert page.green


def test_a_slip_is_answered_with_the_matching_aftercare():
    slip = result("AFTERCARE", Level.WATCH, "Aftercare slip, direct sun, on day 4.")
    page = told(slip, lapses=frozenset({AftercareLapse.DIRECT_SUN}))
    assert page.watch == (
        "You were in the sun. Stay in the shade. Use SPF 30 or more once we allow it.",
    )


def test_a_slip_of_another_log_of_the_day_points_at_the_list():
    slip = result("AFTERCARE", Level.WATCH, "Aftercare slip, direct sun, on day 4.")
    (note,) = told(slip).watch
    assert note.startswith("Aftercare slip, direct sun, on day 4.")


def test_before_the_treatment_nothing_is_called_expected():
    for page in (told(day=-2), told(day=0, phase=Phase.BASELINE)):
        assert page.title == "We have your log from before treatment"
        assert page.expected == ""
        assert "microneedling" not in page.backup


@pytest.mark.parametrize(
    ("day", "today", "said"),
    [
        (0, None, "today"),
        (1, None, "yesterday"),
        (2, None, "2 days ago"),
        (2, 4, "4 days ago"),
    ],
)
def test_the_telephone_is_told_how_long_ago_it_was(day, today, said):
    page = told(FEVER, day=day, today=today)
    assert page.backup.endswith(f"Say you had microneedling {said}.")


# Green


def test_a_ticked_sign_never_shows_green():
    page = told(signs=frozenset({Sign.FLUID}))
    assert not page.green
    assert page.title == "We have your log"
    assert page.watch == (
        "You ticked a sign. Look at it again tonight. If it gets worse, log again.",
    )


def test_a_flag_from_before_never_shows_green():
    assert not told(open_flag=True).green


# Routine


def test_routine_names_its_deadline():
    page = told(RED_PERSIST)
    assert page.title == "We will contact you by 10:14am"
    assert page.action == (
        "A nurse will look at your log.",
        "If it gets worse, log again or call us.",
    )
    assert page.meaning == "This is not usual on day 4, so it needs a check."
    assert page.call is Call.CLINIC


def test_routine_when_closed_names_its_deadline_too():
    page = told(RED_PERSIST, when=CLOSED)
    assert page.title == "We will contact you by tomorrow, 10am"
    assert page.action == (
        "The clinic is closed until tomorrow, 8am.",
        "If it gets worse, log again or call 111. Say you had microneedling 4 days ago.",
    )
    assert page.call_number == "111"


def test_routine_without_opening_hours_promises_nothing():
    page = told(RED_PERSIST, when=NO_HOURS)
    assert page.title == "Call 111 about this"
    assert not any("We will" in words for words in words_of(page))


def test_asking_for_contact_is_a_good_reason():
    assert told(CONTACT_ASKED).meaning.startswith("You asked us to get in touch")


def test_routine_before_the_treatment_does_not_speak_of_healing():
    note = result("TEXT", Level.PROMPT, "The note says “fever” before the treatment.")
    assert told(RED_PERSIST, day=-1).meaning == (
        "This needs a check before your treatment."
    )
    assert told(note, day=-1).meaning.startswith("You told us that something worries")


# A repeat that a person has looked at


LOOKED = Looked("Priya Shah", "yesterday, 6pm")


@pytest.mark.parametrize("when", STATES)
def test_a_repeat_says_who_looked_when_and_promises_nothing(when):
    page = told(RED_PERSIST, when=when, looked=LOOKED)
    assert page.title == "Priya Shah has looked at this"
    assert page.action[0] == "Priya Shah looked at it: yesterday, 6pm."
    assert page.why == (RED_PERSIST.reason,)
    assert page.meaning == "This is a sign that you told us about before."
    assert not page.green
    everything = " ".join(words_of(page))
    assert "We will" not in everything
    assert when.due == "" or when.due not in everything


def test_a_repeat_when_closed_names_the_out_of_hours_line():
    page = told(RED_PERSIST, when=CLOSED, looked=LOOKED)
    assert page.action[1] == "If it gets worse, log again or call 111."


# Urgent


def test_urgent_when_open_is_a_call_to_the_clinic_today():
    page = told(FEVER)
    assert page.title == "Call the clinic today"
    assert page.action == ("Please call Ashgrove Clinic on 020 7946 0311.",)
    assert page.call_number == "020 7946 0311"
    assert page.backup == (
        "Cannot reach us? Call 111 today. Say you had microneedling 4 days ago."
    )
    assert page.meaning == "This is not usual on day 4 and can be a sign of infection."


@pytest.mark.parametrize("when", OUT_OF_HOURS)
def test_urgent_out_of_hours_is_a_call_to_the_out_of_hours_line(when):
    page = told(FEVER, when=when)
    assert page.title == "Call 111 today"
    assert (page.call, page.call_number) == (Call.OUT_OF_HOURS, "111")
    assert "Do not wait for us." in " ".join(page.action)
    assert "urgent care centre" in page.backup


@pytest.mark.parametrize("when", OUT_OF_HOURS)
def test_urgent_out_of_hours_never_promises_the_clinic(when):
    page = told(FEVER, when=when)
    actions = " ".join((page.title, *page.action, page.backup))
    assert "We will" not in actions
    assert CONTACTS.phone not in actions
    assert when.due == "" or when.due not in actions


def test_near_closing_time_the_page_says_when_the_clinic_closes():
    assert "closes at 8pm" in told(FEVER, when=CLOSING).action[0]


def test_an_emergency_in_the_patients_own_words_is_asked_about_first():
    note = result("TEXT", Level.URGENT, "The note says “can't breathe” on day 4.")
    page = told(note)
    assert page.action[0] == "If it is happening now, call 999."
    assert page.why == (note.reason,)


def test_an_emergency_that_has_passed_says_what_to_do_if_it_comes_back():
    passed = result("BREATHING", Level.URGENT, "Sign that has passed.", past=True)
    page = told(passed)
    assert "If it comes back, call 999 at once." in page.why[0]
    assert page.title == "Call the clinic today"


def test_suspected_fever_is_measured_now_and_again_in_four_hours():
    suspected = result("FEVER", Level.URGENT, "Feeling shivery or hot on day 4.")
    assert "now and again in four hours" in told(suspected).why[0]


def test_swelling_comes_with_cool_packs_and_an_allergy_with_keeping_the_packs():
    assert (
        "sleep with your head raised" in told(result("SWELL-PERSIST", Level.URGENT)).do
    )
    assert (
        "keep the packs of all you put on your skin"
        in told(result("HIVES", Level.URGENT)).do
    )


# The specialist's line


WEAK = {"risk_factors": frozenset({"immunosuppressed"})}


def about_specialist(page):
    return [words for words in words_of(page) if "specialist" in words]


@pytest.mark.parametrize("when", STATES)
def test_fever_with_a_weakened_immune_system_names_the_specialists_line_once(when):
    page = told(FEVER, when=when, **WEAK)
    (line,) = about_specialist(page)
    assert line in page.action
    assert line.startswith("You told us that your immune system is weakened.")


def test_in_an_emergency_the_specialists_line_comes_after_the_emergency_number():
    page = told(BREATHING, FEVER, **WEAK)
    (line,) = about_specialist(page)
    assert line == page.action[-1]
    assert line.endswith("call it after that.")


def test_without_fever_nobody_is_sent_to_a_specialist():
    assert about_specialist(told(RED_PERSIST, **WEAK)) == []


# Emergency


@pytest.mark.parametrize("when", STATES)
def test_an_emergency_is_the_same_at_every_hour(when):
    assert told(BREATHING, when=when) == told(BREATHING, when=OPEN)


def test_an_emergency_calls_the_emergency_number_and_names_no_clinic_time():
    page = told(BREATHING, FEVER, ABOVE)
    assert page.title == "Call 999 now"
    assert (page.call, page.call_number) == (Call.EMERGENCY, "999")
    assert page.action[0] == "Do not wait for the clinic."
    everything = " ".join(words_of(page))
    for time in (OPEN.due, OPEN.opens, OPEN.closes):
        assert time not in everything
    assert page.emergency_signs == ()
    assert page.watch == ()


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("BREATHING", "Use an adrenaline pen if you have one."),
        ("BREATHING", "Lie down; sit up if breathing is hard."),
        ("SEPSIS", 'Call 999 now and say "sepsis".'),
        ("NUMBING", "Wipe off any cream that is left on the skin."),
        ("BLEEDING", "Press firmly and call 999 now."),
        ("EYE", "Get emergency eye care now."),
    ],
)
def test_an_emergency_says_what_to_do_until_help_comes(rule, words):
    assert words in told(result(rule, Level.EMERGENCY)).action


def test_the_number_in_the_title_is_not_said_twice():
    assert "Call 999 now." not in told(BREATHING).action


def test_the_clinics_own_emergency_number_is_used_everywhere():
    american = replace(CONTACTS, emergency="911")
    page = advice(Level.EMERGENCY, 1, [BREATHING], OPEN, american)
    assert page.title == "Call 911 now"
    assert not any("999" in words for words in words_of(page))


def test_two_emergencies_are_both_told():
    page = told(BREATHING, result("SEPSIS", Level.EMERGENCY))
    assert "Use an adrenaline pen if you have one." in page.action
    assert 'Call 999 now and say "sepsis".' in page.action


def test_the_short_list_of_emergency_signs_covers_every_one():
    covered = frozenset().union(*(flags for _, flags in EMERGENCY_SIGNS))
    assert covered == set(RedFlag)
    assert told().emergency_signs == tuple(line for line, _ in EMERGENCY_SIGNS)


# Reasons


def test_glands_alone_and_with_a_companion_are_one_reason():
    alone = result("LN-ALONE", Level.PROMPT, "Swollen glands in the neck on day 4.")
    plus = result("LN-PLUS", Level.URGENT, "Swollen glands, with fever, on day 4.")
    page = told(plus, alone)
    assert len(page.why) == 1
    assert page.why[0].startswith(plus.reason)
    assert shown_flags([alone]) == (alone,)


def test_reasons_stand_worst_first_with_what_each_rule_tells():
    page = told(RED_PERSIST, FEVER)
    assert page.why[0].startswith(FEVER.reason)
    assert page.why[1] == f"{RED_PERSIST.reason} {BY_ID['RED-PERSIST'].patient_text}"


def test_the_same_reason_is_given_once():
    assert len(told(RED_PERSIST, RED_PERSIST).why) == 1


def test_a_level_without_results_still_says_what_to_do():
    page = advice(Level.PROMPT, 4, [], OPEN, CONTACTS)
    assert page.meaning == "This is not usual on day 4, so it needs a check."
    assert page.title == "We will contact you by 10:14am"


def test_advice_is_not_changed_afterwards():
    with pytest.raises(FrozenInstanceError):
        told().title = "All is well"
