"""The messages to patients in Polish: polite, and without a word that has a gender.

Minutes are "min", which has one form for every number. In a text message letters lose
their marks, as is usual there (`letters.py`).
"""

from __future__ import annotations

from .text import PatientWords, Wording

POLISH = PatientWords(
    invitation=Wording(
        "{clinic}: codzienna ankieta jest gotowa",
        (
            "{clinic}: dzień dobry, {name}. Codzienna ankieta jest gotowa. "
            "Zajmuje 20 sekund.",
            "{link}",
            "Nigdy nie poprosimy o zapłatę ani o odpowiedź.",
        ),
    ),
    sign_in_code=Wording(
        "{clinic}: kod logowania",
        (
            "{clinic}: kod logowania to {code}. Jest ważny przez {minutes} min.",
            "Nigdy nie poprosimy o niego przez telefon. Jeśli to pomyłka, "
            "proszę zignorować tę wiadomość.",
        ),
    ),
    reminder=Wording(
        "{clinic}: czas na dzisiejszą ankietę",
        (
            "{clinic}: czas na dzisiejszą ankietę.",
            "{link}",
            "Rezygnacja z tych wiadomości: {stop}",
        ),
    ),
    nudge=Wording(
        "{clinic}: dzisiejsza ankieta",
        (
            "{clinic}: nie mamy jeszcze dzisiejszej ankiety.",
            "{link}",
            "Rezygnacja z tych wiadomości: {stop}",
        ),
    ),
    new_message=Wording(
        "{clinic}: czeka nowa wiadomość",
        ("{clinic}: czeka nowa wiadomość.", "{link}"),
    ),
    missed_call=Wording(
        "{clinic}: próbowaliśmy się dodzwonić",
        ("{clinic}: próbowaliśmy się dodzwonić. Prosimy zadzwonić: {phone}.",),
    ),
    your_clinic="Klinika",
)
