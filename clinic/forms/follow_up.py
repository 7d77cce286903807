"""Logging a contact, giving a row to somebody, setting it aside until a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from aftercare.escalation import UNANSWERED
from aftercare.flag_life import LONGEST_SNOOZE
from aftercare.forms.widgets import ChoiceTiles
from aftercare.services.follow_up import CHANNELS, RESULTS, Contact
from clinic.forms.shown import FlagForm


def without_form_tag(*fields: Any) -> FormHelper:
    """Fields and button only: the page draws the form, with its address."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*fields)
    return helper


class LogContact(FlagForm):
    """One attempt to reach the patient."""

    id = "contact"
    channel = forms.ChoiceField(
        label="How", choices=CHANNELS, initial="phone", widget=ChoiceTiles
    )
    result = forms.ChoiceField(
        label="What happened",
        choices=RESULTS,
        widget=ChoiceTiles,
        error_messages={"required": "Choose what happened."},
    )
    said = forms.CharField(
        label="What was said",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )

    @property
    def helper(self) -> FormHelper:
        return without_form_tag(
            "channel",
            "result",
            "said",
            "shown",
            Submit("", "Save contact", css_class="btn--small"),
        )

    def only_reached(self) -> LogContact:
        """The same form for a row on which nobody may try in vain again."""
        result = self.fields["result"]
        result.choices = [one for one in RESULTS if one[0] not in UNANSWERED]
        result.help_text = (
            "Three attempts without an answer. Say here that the patient was reached, "
            "or escalate."
        )
        return self

    @property
    def contact(self) -> Contact:
        data = self.cleaned_data
        return Contact(data["channel"], data["result"], data["said"])


class Assign(FlagForm):
    """Who looks after it from now on. `colleagues` are (id, name) pairs."""

    id = "assign"
    to = forms.ChoiceField(
        label="Who looks after this?",
        error_messages={"required": "Choose a colleague."},
    )

    def __init__(
        self, *args: Any, colleagues: Iterable[tuple[UUID, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(key), name) for key, name in colleagues]
        self.fields["to"].choices = [("", "Choose…"), *people]

    @property
    def helper(self) -> FormHelper:
        return without_form_tag(
            "to", "shown", Submit("", "Assign", css_class="btn--small")
        )


class Escalate(FlagForm):
    """Which clinical lead decides from now on. `leads` are (id, name) pairs."""

    id = "escalate"
    to = forms.ChoiceField(
        label="Which clinical lead?",
        help_text="They are told at once, and look after it from then on.",
        error_messages={"required": "Choose a clinical lead."},
    )

    def __init__(
        self, *args: Any, leads: Iterable[tuple[UUID, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(key), name) for key, name in leads]
        self.fields["to"].choices = people or [("", "There is nobody")]

    @property
    def helper(self) -> FormHelper:
        return without_form_tag(
            "to", "shown", Submit("", "Escalate", css_class="btn--small")
        )


class Snooze(FlagForm):
    """Set aside until a time; `opening` is the clinic's next opening with its words."""

    id = "snooze"
    until = forms.ChoiceField(
        label="Set aside until",
        help_text="It comes back sooner with any worse answer, new sign or message.",
        widget=ChoiceTiles,
        error_messages={"required": "Choose a time."},
    )

    def __init__(
        self,
        *args: Any,
        at: datetime,
        opening: tuple[datetime, str] | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.times = {
            f"{hours}h": at + timedelta(hours=hours) for hours in (1, 2, 4, 24)
        }
        words = {"1h": "In 1 hour", "2h": "In 2 hours", "4h": "In 4 hours"}
        if opening and opening[0] <= at + LONGEST_SNOOZE:
            self.times["opening"] = opening[0]
            words["opening"] = f"Next opening, {opening[1]}"
        words["24h"] = "In 24 hours"
        self.fields["until"].choices = list(words.items())

    @property
    def helper(self) -> FormHelper:
        return without_form_tag(
            "until", "shown", Submit("", "Snooze", css_class="btn--small")
        )

    @property
    def moment(self) -> datetime:
        return self.times[self.cleaned_data["until"]]
