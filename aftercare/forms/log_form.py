"""The daily log: one form, in which a warning sign is never lost.

Part-filled, contradictory or with a value that cannot be: if a sign is in it, it is
accepted as it is, and what could not be used is kept in words. Only a log without any
sign is sent back for what is missing.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django import forms

from aftercare.services.submit_log import LogEntry
from aftercare.showing import questions as q
from aftercare.showing.questions import BLOCKS
from aftercare.warning_signs.parameters import DEFAULTS
from aftercare.warning_signs.vocabulary import Blisters, Severity, Sign

from .log_columns import asks_for_a_call, columns, is_sign
from .log_fields import BLANK, NONE, KeyField, TicksField, every_field
from .temperature import Reading, Unusable, read

BLISTERED = (Blisters.COLD_SORE, Blisters.ON_TREATED_SKIN, Blisters.WIDESPREAD)
CONTRADICTED = frozenset({"swelling_sites", "near_eye"})
KEPT = 200  # characters of all that could not be used
KEPT_OF_ONE = 40


class LogForm(forms.Form):
    """The answers of one day.

    `today` is the patient's date on which the form is filled. `sent` has the words of
    an earlier log by field name; they stand beside empty tiles, never in them.
    """

    key = KeyField(required=False, widget=forms.HiddenInput)
    for_date = forms.DateField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": "Choose today or a day before today."},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        today: date,
        sent: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.today = today
        self.fields.update(every_field())
        self.show_sent(sent or {})

    def show_sent(self, sent: Mapping[str, str]) -> None:
        """Put the words of an earlier log beside its empty questions."""
        for name, words in sent.items():
            shown = self[name]
            said = f"You sent: {words.rstrip('.')}."
            shown.help_text = f"{shown.help_text} {said}".strip()

    @property
    def key_it_came_with(self) -> uuid.UUID | None:
        """A form that is sent back is still the same form."""
        return self._understood().get("key") if self.is_bound else None

    @property
    def date_in_reach(self) -> date | None:
        """The date that the page is for; None, which is today, for one out of reach."""
        for_date = self._understood().get("for_date") or self.today
        away = (self.today - for_date).days
        return for_date if 0 <= away <= DEFAULTS.max_backdate_days else None

    # --- Cleaning -------------------------------------------------------------------------

    def clean_temperature(self) -> Reading | None:
        typed = self.cleaned_data["temperature"]
        if not typed:
            return None
        # The unit is cleaned after this, and an unknown one has an error of its own.
        unit = self.data.get(self.add_prefix("temperature_unit"))
        try:
            return read(typed, unit if unit in {"C", "F"} else None)
        except Unusable as problem:
            raise forms.ValidationError(str(problem)) from problem

    def clean(self) -> dict[str, Any]:
        self._refuse_contradictions()
        return self.cleaned_data

    def _refuse_contradictions(self) -> None:
        cleaned = self.cleaned_data
        if cleaned.get("swelling_sites") and cleaned.get("swelling") == Severity.NONE:
            self.add_error(
                "swelling_sites",
                "You said there is no swelling. Untick the place, or choose how much.",
            )
        if cleaned.get("near_eye") and cleaned.get("blisters") not in BLISTERED:
            self.add_error(
                "near_eye",
                "Choose which blisters or cold sore you have, or untick this.",
            )

    def _sent(self, name: str) -> list[str]:
        value = self[name].data
        values = value if isinstance(value, list) else [value]
        return [str(one) for one in values if one is not None]

    # --- What it amounts to ---------------------------------------------------------------

    @cached_property
    def signs(self) -> frozenset[Sign]:
        """The ticked tiles."""
        tiles = self.fields["signs"]
        ticked = (value for value in self._sent("signs") if value != NONE)
        return frozenset(Sign(value) for value in ticked if tiles.valid_value(value))

    @property
    def none_of_these(self) -> bool:
        return NONE in self._sent("signs")

    @cached_property
    def has_sign(self) -> bool:
        """Whether a tile is ticked, or something under a tile says as much."""
        if self.signs:
            return True
        said = self._understood()
        return asks_for_a_call(said) or any(
            is_sign(question, said) for block in BLOCKS.values() for question in block
        )

    @property
    def has_emergency(self) -> bool:
        said = self._understood()
        return Sign.EMERGENCY in self.signs or is_sign(q.RED_FLAGS, said)

    @property
    def can_be_sent(self) -> bool:
        """Whether it is taken as it is: a sign makes up for all that is blank or wrong.

        Anything else is taken only if it raises a flag, which the service finds out.
        """
        return self.has_sign or not (self.errors or list(self._blanks()))

    def _understood(self) -> dict[str, Any]:
        """The answers without what could not be used: known ticks, a note cut short."""
        wrong = self.errors  # asking for them cleans the form
        understood = dict(self.cleaned_data)
        for name in wrong:
            field = self.fields.get(name)
            if isinstance(field, TicksField) and name not in CONTRADICTED:
                understood[name] = field.known(self._sent(name))
            elif name == q.NOTE.name:
                understood[name] = self._note()[: q.NOTE.longest]
        return understood

    def _unusable(self) -> Iterator[str]:
        """What was typed and could not be used, with its question."""
        for name in self.errors:
            field, sent = self.fields.get(name), self._sent(name)
            if field is None or not any(sent):
                continue
            if isinstance(field, TicksField) and name not in CONTRADICTED:
                sent = [value for value in sent if not field.valid_value(value)]
            elif name == q.NOTE.name:
                sent = [self._note()[q.NOTE.longest :].strip()]
            yield f"{field.label or name}: {', '.join(sent)[:KEPT_OF_ONE]}"

    def _note(self) -> str:
        return (self.data.get(q.NOTE.name) or "").strip().replace("\r\n", "\n")

    def _blanks(self) -> Iterator[str]:
        """The questions that must be answered where there is no sign, and were not."""
        for question in q.REQUIRED:
            if not any(self._sent(question.name)) and question.name not in self.errors:
                yield question.name
        if not self.none_of_these:
            yield "signs"

    def ask_for_blanks(self) -> None:
        """Put an error beside each question that was left open, in the page's order."""
        for name in list(self._blanks()):
            self.add_error(name, BLANK[name])
        order = ["__all__", *self.fields]
        ordered = sorted(self.errors.items(), key=lambda error: order.index(error[0]))
        self.errors.clear()
        self.errors.update(ordered)

    def refuse(self, reason: str) -> None:
        """What the service refused stands above all questions."""
        self.add_error(None, reason)

    # --- What is sent on ------------------------------------------------------------------

    def entry(self, corrects: uuid.UUID | None = None) -> LogEntry:
        """The log as the service takes it, without what could not be used."""
        said, none = self._understood(), self.none_of_these
        stands_alone = none and not self.has_sign
        answers = columns(said, self.signs, none_of_these=stands_alone)
        unusable = "; ".join(self._unusable())[:KEPT]
        return LogEntry(
            key=said.get("key") or self._key_of_content(),
            for_date=said.get("for_date") or self.today,
            finished_on=self.today,
            answers=answers | {"none_of_these": none, "unusable": unusable},
            corrects=corrects,
            finished=self.can_be_sent,
            best_number=said.get("best_number") or "",
            best_time=said.get("best_time") or None,
        )

    def _key_of_content(self) -> uuid.UUID:
        """For a form that lost its key: the same answers are still the same log."""
        sent = [(name, self._sent(name)) for name in self.fields if name != "key"]
        return uuid.uuid5(uuid.NAMESPACE_OID, repr(sent))
