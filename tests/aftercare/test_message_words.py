"""Anybody may see a message on a locked phone: it says nothing of anybody's health."""

from __future__ import annotations

import re

import pytest

from aftercare.messages import words
from aftercare.models import MessageChannel, MessageKind
from aftercare.warning_signs import vocabulary
from aftercare.warning_signs.catalogue import RULES
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
TEXTS = pytest.mark.parametrize("text", words.TEXTS, ids=lambda text: text.subject)
CHANNELS = pytest.mark.parametrize("channel", MessageChannel)

# Procedures, symptoms, body parts, levels: each word of the vocabulary and more.
CANARIES = re.compile(
    r"\b(microneedl\w*|laser|peel\w*|needl\w*|treatment|procedure|acne|skin|scar\w*|"
    r"face|neck|gland\w*|fever\w*|pain\w*|red\w*|swell\w*|swollen|pus|blister\w*|"
    r"rash|wound\w*|infect\w*|symptom\w*|sign|signs|flag\w*|recover\w*|heal\w*|"
    r"emergency|urgent\w*|prompt|watch|level|doctor|nurse|hospital|999|111)\b",
    re.IGNORECASE,
)
PLAIN = {"none", "no", "yes", "better", "same", "worse", "unsure", "other", "before"}


def said(text: words.Text, channel: MessageChannel) -> str:
    filled = text.filled(channel, **GAPS)
    return f"{filled.subject}\n{filled.body}"


def vocabulary_words() -> set[str]:
    """Everything a log or a treatment can hold, as it is stored and as it is shown."""
    found = set()
    for choice in vars(vocabulary).values():
        if isinstance(choice, type) and issubclass(choice, vocabulary.Choice):
            for member in choice:
                found |= {str(member.value).lower(), member.label.lower()}
    return {word for word in found if len(word) > 3} - PLAIN


def test_every_kind_but_account_mail_has_its_words():
    assert {text.kind for text in words.TEXTS} == set(MessageKind) - {
        MessageKind.ACCOUNT
    }


def test_every_text_is_listed():
    named = {value for value in vars(words).values() if isinstance(value, words.Text)}
    assert named == set(words.TEXTS)


@CHANNELS
@TEXTS
def test_a_message_names_no_procedure_symptom_place_or_level(text, channel):
    written = re.sub(r"sign in", "", said(text, channel), flags=re.IGNORECASE)
    assert not CANARIES.search(written), written
    low = written.lower().replace("https://aftercare.", "https://")
    assert not [
        word for word in vocabulary_words() if re.search(rf"\b{re.escape(word)}\b", low)
    ]
    assert not [rule.id for rule in RULES if rule.id.lower() in low]


def test_the_canaries_would_be_seen():
    assert CANARIES.search("Ashgrove Clinic: how is your skin after microneedling?")
    assert len(vocabulary_words()) > 50


@TEXTS
def test_a_message_says_who_writes_and_is_easy_to_read(text):
    body = text.filled(MessageChannel.EMAIL, **GAPS).body
    assert "Ashgrove Clinic" in body
    read = re.sub(r"https:\S+|020 7946 0311", "", body)
    assert Reading.of(read).grade <= 5


@TEXTS
def test_a_text_message_is_short_and_of_plain_letters(text):
    body = text.filled(MessageChannel.SMS, **GAPS).body
    assert "\n" not in body
    assert len(body) <= LONGEST_SMS
    # One letter outside this alphabet would make every part less than half as long.
    assert body.isascii(), body


@TEXTS
def test_a_link_stands_on_a_line_of_its_own_in_a_mail(text):
    body = text.filled(MessageChannel.EMAIL, **GAPS).body
    assert ("\n" + GAPS["link"]) in body or GAPS["link"] not in body


@TEXTS
def test_a_subject_fits_whatever_the_clinic_is_called(text):
    filled = text.filled(MessageChannel.EMAIL, **(GAPS | {"clinic": "C" * 120}))
    assert len(filled.subject) <= 200


def test_a_gap_is_never_left_open():
    with pytest.raises(KeyError):
        words.INVITATION.filled(MessageChannel.EMAIL, clinic="Ashgrove Clinic")


def test_a_name_with_braces_stays_a_name():
    filled = words.INVITATION.filled(
        MessageChannel.EMAIL, **(GAPS | {"name": "{code}"})
    )
    assert "{code}" in filled.body
