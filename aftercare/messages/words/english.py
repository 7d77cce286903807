"""The messages to patients in English."""

from __future__ import annotations

from .text import PatientWords, Wording

ENGLISH = PatientWords(
    invitation=Wording(
        "{clinic}: your daily check is ready",
        (
            "{clinic}: your daily check is ready, {name}. It takes 20 seconds.",
            "{link}",
            "We will never ask you to pay or reply.",
        ),
    ),
    sign_in_code=Wording(
        "{clinic}: your code",
        (
            "{clinic}: your code is {code}. It works for {minutes} minutes.",
            "We will never ask you for it by phone. If you did not ask for a code, "
            "please ignore this.",
        ),
    ),
    reminder=Wording(
        "{clinic}: time for today's check",
        ("{clinic}: time for today's check.", "{link}", "Stop these messages: {stop}"),
    ),
    nudge=Wording(
        "{clinic}: today's check",
        (
            "{clinic}: we have not had today's check yet.",
            "{link}",
            "Stop these messages: {stop}",
        ),
    ),
    new_message=Wording(
        "{clinic}: you have a new message",
        ("{clinic}: you have a new message.", "{link}"),
    ),
    missed_call=Wording(
        "{clinic} tried to call you",
        ("{clinic} tried to call you. Please call {phone}.",),
    ),
    your_clinic="Your clinic",
)
