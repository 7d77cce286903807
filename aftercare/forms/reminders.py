"""When and how a patient wants to be reminded (P2). A reminder is no symptom: a time may
be chosen beforehand.
"""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms

from aftercare.reminders import QUIET_FROM, QUIET_UNTIL

from .widgets import ChoiceTiles

OWN = "own"
TIMES = (("08:00", "8am"), ("13:00", "1pm"), ("19:00", "7pm"), (OWN, "Another time"))
NIGHT = "Choose a time from 8am to 9pm. We do not send messages at night."


class RemindersForm(forms.Form):
    """`ways` are the ways that lead to this patient, as (value, words)."""

    at = forms.ChoiceField(
        label="When should we remind you?",
        choices=TIMES,
        widget=ChoiceTiles,
        error_messages={"required": "Choose a time."},
    )
    own_time = forms.TimeField(
        label="Another time",
        help_text="For example 17:30.",
        required=False,
        widget=forms.TimeInput({"type": "time", "class": "input"}, format="%H:%M"),
        error_messages={"invalid": "Type a time such as 17:30."},
    )
    by = forms.ChoiceField(
        label="How?",
        widget=ChoiceTiles,
        error_messages={"required": "Choose how we should remind you."},
    )

    def __init__(self, *args: Any, ways: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].choices = ways

    def clean_own_time(self) -> time | None:
        own: time | None = self.cleaned_data.get("own_time")
        if own is not None and not QUIET_UNTIL <= own < QUIET_FROM:
            raise forms.ValidationError(NIGHT)
        return own

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        wants_own = cleaned.get("at") == OWN
        if wants_own and "own_time" not in self.errors and not cleaned.get("own_time"):
            self.add_error("own_time", "Type the time that suits you.")
        return cleaned

    @property
    def time(self) -> time:
        """The time chosen, once the form is valid."""
        if self.cleaned_data["at"] == OWN:
            own: time = self.cleaned_data["own_time"]
            return own
        return time.fromisoformat(self.cleaned_data["at"])


def shown_time(chosen: time) -> dict[str, str]:
    """What the form shows for a time that was chosen before."""
    said = chosen.strftime("%H:%M")
    if said in dict(TIMES):
        return {"at": said}
    return {"at": OWN, "own_time": said}
