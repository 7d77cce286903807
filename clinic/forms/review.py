"""Closing: how it ended, in the words of the person who looked."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Submit
from django import forms

from aftercare.forms.widgets import ChoiceTiles
from aftercare.services.review_flags import Findings
from aftercare.warning_signs.vocabulary import Outcome
from clinic.forms.follow_up import without_form_tag
from clinic.forms.shown import FlagForm

NOTE_LEAST = 10
WITHOUT_SAFETY_NET = {Outcome.SENT_BY_MISTAKE, Outcome.NOT_REACHED}


class CloseFlags(FlagForm):
    """Outcome, note and "was this useful?". `lead`: may close who was not reached."""

    id = "close"
    outcome = forms.ChoiceField(
        label="How did it end?",
        widget=ChoiceTiles,
        error_messages={"required": "Choose how it ended."},
    )
    plan = forms.CharField(
        label="The plan for this patient",
        help_text="What happens next, as the patient could not be reached.",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
    note = forms.CharField(
        label="Note for the record",
        min_length=NOTE_LEAST,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": "Write a note for the record.",
            "min_length": f"Write at least {NOTE_LEAST} characters.",
        },
    )
    useful = forms.ChoiceField(
        label="Was this flag useful?",
        choices=(("yes", "Yes"), ("no", "No")),
        widget=ChoiceTiles,
        error_messages={"required": "Say whether this flag was useful."},
    )
    safety_net = forms.BooleanField(
        label="Patient knows what to look for and when to call", required=False
    )
    message = forms.CharField(
        label="Message for the patient (optional)",
        help_text="They see it on their page, with your name.",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, lead: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [
            choice
            for choice in Outcome.choices()
            if lead or choice[0] != Outcome.NOT_REACHED
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        outcome = data.get("outcome")
        if outcome == Outcome.NOT_REACHED and not data.get("plan"):
            self.add_error("plan", "Write the plan for this patient.")
        if outcome and outcome not in WITHOUT_SAFETY_NET and not data["safety_net"]:
            self.add_error("safety_net", "Tick this once you have told the patient.")
        return data

    @property
    def helper(self) -> FormHelper:
        return without_form_tag(
            "outcome",
            Div("plan", css_class="if-not-reached"),
            Div("note", "message", css_class="beside"),
            Div("useful", "safety_net", css_class="beside"),
            "shown",
            Submit("", "Close", css_class="btn--small"),
        )

    @property
    def findings(self) -> Findings:
        data = self.cleaned_data
        return Findings(
            outcome=Outcome(data["outcome"]),
            note=data["note"],
            useful=data["useful"] == "yes",
            safety_net=data["safety_net"],
            message=data["message"],
            plan=data["plan"] if data["outcome"] == Outcome.NOT_REACHED else "",
        )
