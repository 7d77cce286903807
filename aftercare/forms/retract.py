"""Taking back a log that was sent by mistake."""

from __future__ import annotations

from django import forms


class RetractForm(forms.Form):
    """Why it was a mistake, in the patient's own words."""

    reason = forms.CharField(
        label="What went wrong?",
        help_text="A few words will do.",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": "Tell us what went wrong with this log.",
            "max_length": "Make this shorter: %(limit_value)s letters or fewer.",
        },
    )
