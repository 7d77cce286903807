"""Anybody may see a message on a locked phone: it says nothing of anybody's health."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from aftercare.languages import Language
from aftercare.messages import words
from aftercare.messages.words.letters import CARRIED, for_sms
from aftercare.models import MessageChannel, MessageKind
from aftercare.warning_signs import vocabulary
from aftercare.warning_signs.catalogue import RULES
from tests.aftercare.canaries import CANARIES
from tests.house.reading_grade import Reading

GAPS = {
    "clinic": "Ashgrove Clinic",
    "name": "Maya",
    "link": "https://aftercare.example.org/i/abc",
    "phone": "020 7946 0311",
    "stop": "https://aftercare.example.org/stop/abc",
    "code": "482913",
    "minutes": "10",
}
LONGEST_SMS = 306  # two parts
MOST_WORDS = 12  # in a sentence
IN_ENGLISH = [
    *(text.wordings[Language.ENGLISH] for text in words.PATIENT_TEXTS),
    *(text.wording for text in words.STAFF_TEXTS),
]
WORDINGS = [
    *((Language.ENGLISH, text.wording) for text in words.STAFF_TEXTS),
    *(pair for text in words.PATIENT_TEXTS for pair in text.wordings.items()),
]
EVERY = pytest.mark.parametrize(
    ("language", "wording"),
    WORDINGS,
    ids=[f"{language}-{wording.subject}" for language, wording in WORDINGS],
)
CHANNELS = pytest.mark.parametrize("channel", MessageChannel)
LANGUAGES = pytest.mark.parametrize("language", Language)
PLAIN = {"none", "no", "yes", "better", "same", "worse", "unsure", "other", "before"}


def said(wording: words.Wording, channel: MessageChannel) -> str:
    filled = wording.filled(channel, **GAPS)
    return f"{filled.subject}\n{filled.body}"


def vocabulary_words() -> set[str]:
    """Everything a log or a treatment can hold, as it is stored and as it is shown."""
    found = set()
    for choice in vars(vocabulary).values():
        if isinstance(choice, type) and issubclass(choice, vocabulary.Choice):
            for member in choice:
                found |= {str(member.value).lower(), member.label.lower()}
    return {word for word in found if len(word) > 3} - PLAIN


# --- Nothing is missing ---------------------------------------------------------------


def test_every_kind_but_account_mail_has_its_words():
    texts = [*words.PATIENT_TEXTS, *words.STAFF_TEXTS]
    assert {text.kind for text in texts} == set(MessageKind) - {MessageKind.ACCOUNT}


def test_every_text_is_listed():
    kinds = words.PatientText | words.Text
    named = [value for value in vars(words).values() if isinstance(value, kinds)]
    listed = [*words.PATIENT_TEXTS, *words.STAFF_TEXTS]
    assert {id(text) for text in named} == {id(text) for text in listed}


def test_nothing_that_a_patient_is_sent_lacks_a_language():
    assert set(words.IN) == set(Language)
    for text in words.PATIENT_TEXTS:
        assert set(text.wordings) == set(Language), text.kind
    assert len({one.your_clinic for one in words.IN.values()}) == len(Language)


def gaps_in(part: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(part) if name]


@LANGUAGES
@pytest.mark.parametrize("text", words.PATIENT_TEXTS, ids=lambda text: text.kind)
def test_a_text_has_the_same_gaps_and_paragraphs_in_every_language(text, language):
    english, other = text.wordings[Language.ENGLISH], text.wordings[language]
    assert sorted(gaps_in(other.subject)) == sorted(gaps_in(english.subject))
    assert [sorted(gaps_in(part)) for part in other.parts] == [
        sorted(gaps_in(part)) for part in english.parts
    ]


@pytest.mark.parametrize("text", words.PATIENT_TEXTS, ids=lambda text: text.kind)
def test_no_language_repeats_the_words_of_another(text):
    bodies = {
        one.filled(MessageChannel.EMAIL, **GAPS) for one in text.wordings.values()
    }
    assert len(bodies) == len(Language)


def test_a_language_that_there_is_not_has_no_words():
    with pytest.raises(ValueError, match="la"):
        words.NUDGE.filled(MessageChannel.EMAIL, "la", **GAPS)


# --- Neutral --------------------------------------------------------------------------


@CHANNELS
@EVERY
def test_a_message_names_no_procedure_symptom_place_or_level(
    language, wording, channel
):
    written = re.sub(r"sign in", "", said(wording, channel), flags=re.IGNORECASE)
    assert not CANARIES[language].search(written), written
    low = written.lower().replace("https://aftercare.", "https://")
    assert not [
        word for word in vocabulary_words() if re.search(rf"\b{re.escape(word)}\b", low)
    ]
    assert not [rule.id for rule in RULES if rule.id.lower() in low]


@pytest.mark.parametrize(
    ("language", "message"),
    [
        (Language.ENGLISH, "Ashgrove Clinic: how is your skin after microneedling?"),
        (Language.SPANISH, "Ashgrove Clinic: ¿tiene fiebre?"),
        (Language.SPANISH, "Ashgrove Clinic: su piel después del láser"),
        (Language.SPANISH, "Ashgrove Clinic: es urgente"),
        (Language.POLISH, "Ashgrove Clinic: jak skóra po mikronakłuwaniu?"),
        (Language.POLISH, "Ashgrove Clinic: czy jest goraczka?"),
        (Language.POLISH, "Ashgrove Clinic: pilne"),
    ],
)
def test_the_canaries_would_be_seen(language, message):
    assert CANARIES[language].search(message)
    assert len(vocabulary_words()) > 50


# --- Short and plain ------------------------------------------------------------------


@EVERY
def test_a_message_says_who_writes(language, wording):
    assert "Ashgrove Clinic" in wording.filled(MessageChannel.EMAIL, **GAPS).body


@pytest.mark.parametrize("wording", IN_ENGLISH, ids=lambda one: one.subject)
def test_a_message_is_easy_to_read(wording):
    body = wording.filled(MessageChannel.EMAIL, **GAPS).body
    read = re.sub(r"https:\S+|020 7946 0311", "", body)
    assert Reading.of(read).grade <= 5


@EVERY
def test_sentences_are_short_in_every_language(language, wording):
    text = " ".join(part for part in wording.parts if part != "{link}")
    for sentence in re.split(r"[.:!?] ", text):
        assert len(sentence.split()) <= MOST_WORDS, sentence


@EVERY
def test_a_text_message_is_short_and_of_plain_letters(language, wording):
    body = wording.filled(MessageChannel.SMS, **GAPS).body
    assert "\n" not in body
    assert len(body) <= LONGEST_SMS
    # One letter outside this alphabet would make every part less than half as long.
    assert [one for one in body if not one.isascii() and one not in CARRIED] == []


def test_a_mail_keeps_every_mark_and_a_text_message_those_that_it_carries():
    polish = words.REMINDER.wordings[Language.POLISH]
    assert "dzisiejszą ankietę" in polish.filled(MessageChannel.EMAIL, **GAPS).body
    assert "dzisiejsza ankiete" in polish.filled(MessageChannel.SMS, **GAPS).body
    assert for_sms("Łódź, mañana, ¿qué?, Ñandú") == "Lodz, mañana, ¿qué?, Ñandu"
    assert for_sms("man\u0303ana") == "mañana"


def test_a_name_keeps_its_letters_in_a_text_message():
    filled = words.INVITATION.filled(
        MessageChannel.SMS, Language.POLISH, **(GAPS | {"name": "Łucja"})
    )
    assert "dzien dobry, Łucja." in filled.body


@EVERY
def test_a_link_stands_on_a_line_of_its_own_in_a_mail(language, wording):
    body = wording.filled(MessageChannel.EMAIL, **GAPS).body
    assert ("\n" + GAPS["link"]) in body or GAPS["link"] not in body


@EVERY
def test_a_subject_is_one_line_that_fits_whatever_the_clinic_is_called(
    language,
    wording,
):
    filled = wording.filled(MessageChannel.EMAIL, **(GAPS | {"clinic": "C" * 120}))
    assert len(filled.subject) <= 200
    assert filled.subject.isprintable()


# --- Gaps -----------------------------------------------------------------------------


@LANGUAGES
def test_a_gap_is_never_left_open(language):
    with pytest.raises(KeyError):
        words.INVITATION.filled(MessageChannel.EMAIL, language, clinic="Ashgrove")


@LANGUAGES
@CHANNELS
def test_a_name_with_braces_stays_a_name(channel, language):
    filled = words.INVITATION.filled(channel, language, **(GAPS | {"name": "{code}"}))
    assert "{code}" in filled.body
