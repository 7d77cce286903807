"""Asking for a call: a number and a time, both of which may be left blank."""

from __future__ import annotations

from typing import Any

from django import forms

from .log_fields import call_fields


class CallMeForm(forms.Form):
    """Nothing is asked for twice: without a number the one in the record is used."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(call_fields())

    def number_or(self, known: str) -> str:
        """The number to call; empty, with an error beside it, where there is none."""
        if not self.is_valid():
            return ""
        number = self.cleaned_data["best_number"] or known
        if not number:
            self.add_error("best_number", "Type the number that we should call.")
        return number
