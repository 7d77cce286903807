"""The pages of a patient's rights hold what every page is held to."""

from __future__ import annotations

from .rights_pages import answering_states, my_data_states
from .test_every_page import (  # noqa: F401  fixtures are found by name
    on_a_desk,
    on_a_patients_phone,
    on_a_phone,
    town,
    walk,
)


def test_a_patients_rights_on_a_phone(walk) -> None:  # noqa: F811
    walk(my_data_states, on_a_patients_phone)


def test_a_patients_rights_on_a_desk(walk) -> None:  # noqa: F811
    walk(my_data_states, on_a_desk, desk=True)


def test_answers_to_them_on_a_phone(walk) -> None:  # noqa: F811
    walk(answering_states, on_a_phone)


def test_answers_to_them_on_a_desk(walk) -> None:  # noqa: F811
    walk(answering_states, on_a_desk, desk=True)
