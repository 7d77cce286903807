"""What somebody says about a page holds for the page as it was drawn."""

from __future__ import annotations

from django import forms


class AsDrawn(forms.Form):
    """`drawn` is when the page was drawn that was read."""

    drawn = forms.DateTimeField(widget=forms.HiddenInput)
