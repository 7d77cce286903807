"""Saying that one has read what is handed over."""

from __future__ import annotations

from django import forms


class IHaveRead(forms.Form):
    """`drawn` is when the page was drawn that was read."""

    drawn = forms.DateTimeField(widget=forms.HiddenInput)
