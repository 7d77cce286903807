"""What of the audit is asked for, and why it is taken out of the house."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Submit
from django import forms

from aftercare.audit_words import REASONS_TO_EXPORT, Kind
from aftercare.forms.widgets import ChoiceTiles
from clinic.audit import PATIENTS, SOFTWARE, Sought
from clinic.forms.follow_up import without_form_tag

LONGEST = 80
EVERYBODY = (("", "Everybody"), (PATIENTS, "Patients"), (SOFTWARE, "Aftercare itself"))


def day(label: str) -> forms.DateField:
    """A date that may be left open."""
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter a date."},
    )


class Filter(forms.Form):
    """Whose record, who, what and when. `team` are keys and names; `names` whether those
    of patients are known to whoever asks.
    """

    whose = forms.CharField(
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    who = forms.ChoiceField(label="Who did it", required=False)
    kind = forms.ChoiceField(
        label="What",
        required=False,
        choices=[("", "Everything"), *((kind.code, kind.value) for kind in Kind)],
    )
    since = day("From")
    until = day("To")

    def __init__(
        self, *args: Any, team: list[tuple[str, str]], names: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [*EVERYBODY, *team]
        label = "Name or record number" if names else "Record number"
        self.fields["whose"].label = label
        if not team:  # only one's own rows are there to be read
            del self.fields["who"]

    @property
    def sought(self) -> Sought:
        """What is asked for; a part that makes no sense asks for nothing."""
        self.is_valid()
        kept = {name: one for name, one in self.cleaned_data.items() if one}
        if "kind" in kept:
            kept["kind"] = Kind[kept["kind"].upper()]
        return Sought(**kept)

    @property
    def helper(self) -> FormHelper:
        who = ("who",) if "who" in self.fields else ()
        fields = Div("whose", *who, "kind", "since", "until", css_class="beside")
        return without_form_tag(fields)


class TakeOut(forms.Form):
    """Why the audit is taken out. A choice, since what is typed could name a patient."""

    reason = forms.ChoiceField(
        label="Why do you need it?",
        choices=list(REASONS_TO_EXPORT.items()),
        widget=ChoiceTiles,
        error_messages={"required": "Choose why you need it."},
    )

    @property
    def helper(self) -> FormHelper:
        return without_form_tag("reason", Submit("", "Download the file"))
