"""Which flags the author of a step was shown, each with its newest evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

MOST = 100
"""More flags than there are rules cannot be open at once."""


class ShownFlags(forms.Field):
    """Hidden values "flag:finding"; cleaned to flag → finding, None where there is none."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> dict[UUID, UUID | None]:
        try:
            pairs = [one.partition(":") for one in (value or [])[:MOST]]
            shown = {UUID(flag): UUID(key) if key else None for flag, _, key in pairs}
        except ValueError:
            shown = {}
        if not shown:
            raise forms.ValidationError("Open the flag again from the queue.")
        return shown


def shown_values(flags: Iterable[tuple[UUID, UUID | None]]) -> list[str]:
    """Flags with their newest evidence as the hidden values of a form."""
    return [f"{flag}:{finding or ''}" for flag, finding in flags]


class FlagForm(forms.Form):
    """A step on the flags that the page showed; `id` keeps apart the forms of a page."""

    shown = ShownFlags()
    id = "step"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = f"{self.id}_%s"
        super().__init__(*args, **kwargs)

    @property
    def shown_flags(self) -> dict[UUID, UUID | None]:
        """Each flag with its newest finding, as the page showed them."""
        return self.cleaned_data["shown"]


class Acknowledge(FlagForm):
    """One click: I look after this."""

    id = "acknowledge"
