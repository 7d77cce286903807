"""A form about something as its author saw it, so that nobody writes over a colleague."""

from __future__ import annotations

from typing import Any

from django import forms


class Seen(forms.Form):
    """`version` is the one that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def shown_again(self, version: int) -> None:
        """It comes back with everything that was typed, on a page that shows `version`."""
        if self.is_bound:
            data: Any = self.data.copy()
            data["version"] = version
            self.data = data
