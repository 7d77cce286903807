"""The controls of our forms: native inputs, drawn as tiles, and nothing chosen for you.

A radio or a checkbox stays what it is under its tile, so that keys, screen readers and
voice control find it. No widget has a choice pre-selected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from aftercare.warning_signs.vocabulary import (
    NodeSite,
    NodeSize,
    OverallChange,
    Severity,
)

Facts = dict[str, Any]

# The drawing of each choice, by its value.
BARS = {severity.value: f"bars-{severity.rank}" for severity in Severity}
FACES = {change.value: change.value for change in OverallChange}
SIZES = {
    NodeSize.LT_1CM.value: "size-pea",
    NodeSize.FROM_1_TO_2CM.value: "size-grape",
    NodeSize.GT_2CM.value: "size-bigger",
    NodeSize.UNSURE.value: "size-unsure",
}
LONG_LABEL = 18  # characters that still fit a tile beside others
THREE = 3


class ChoiceTiles(forms.RadioSelect):
    """One choice as tiles beside each other, or in a list where the words are long."""

    template_name = "aftercare/widgets/tiles.html"
    css = "scale--text"

    def get_context(self, name: str, value: Any, attrs: Facts | None) -> Facts:
        context: Facts = super().get_context(name, value, attrs)
        context["widget"]["css"] = self._css()
        return context

    def _css(self) -> str:
        labels = [str(label) for _, label in self.choices]
        if any(len(label) > LONG_LABEL for label in labels):
            return f"{self.css} scale--list"
        return f"{self.css} scale--3" if len(labels) <= THREE else self.css


class ScaleSelect(ChoiceTiles):
    """One choice on a scale, each step with its drawing: bars, faces or sizes."""

    css = ""

    def __init__(
        self,
        attrs: Facts | None = None,
        choices: Iterable[Any] = (),
        icons: Mapping[str, str] = BARS,
    ) -> None:
        super().__init__(attrs, choices)
        self.icons = icons

    def create_option(self, *args: Any, **kwargs: Any) -> Facts:
        option: Facts = super().create_option(*args, **kwargs)
        return {**option, "icon": self.icons.get(str(option["value"]), "")}


class PainSelect(forms.RadioSelect):
    """Pain from 0 to 10 as eleven tiles."""

    template_name = "aftercare/widgets/tiles.html"

    def __init__(
        self, attrs: Facts | None = None, choices: Iterable[Any] | None = None
    ) -> None:
        super().__init__(attrs, choices or [(n, str(n)) for n in range(11)])

    def get_context(self, name: str, value: Any, attrs: Facts | None) -> Facts:
        context: Facts = super().get_context(name, value, attrs)
        context["widget"]["css"] = "scale--n"
        return context


class CheckList(forms.CheckboxSelectMultiple):
    """Several ticks. `short` puts two in a row; `exclusive` is the "None of these"."""

    template_name = "aftercare/widgets/ticks.html"

    def __init__(
        self,
        attrs: Facts | None = None,
        choices: Iterable[Any] = (),
        *,
        short: bool = False,
        exclusive: str = "",
    ) -> None:
        super().__init__(attrs, choices)
        self.short = short
        self.exclusive = exclusive

    def get_context(self, name: str, value: Any, attrs: Facts | None) -> Facts:
        context: Facts = super().get_context(name, value, attrs)
        context["widget"]["short"] = self.short
        return context

    def create_option(self, *args: Any, **kwargs: Any) -> Facts:
        option: Facts = super().create_option(*args, **kwargs)
        exclusive = bool(self.exclusive) and str(option["value"]) == self.exclusive
        return {**option, "exclusive": exclusive}


class SignList(CheckList):
    """The tiles of the warning signs, each with its small print, by value."""

    def __init__(
        self,
        attrs: Facts | None = None,
        choices: Iterable[Any] = (),
        *,
        hints: Mapping[str, str] | None = None,
        exclusive: str = "none",
    ) -> None:
        super().__init__(attrs, choices, exclusive=exclusive)
        self.hints = hints or {}

    def create_option(self, *args: Any, **kwargs: Any) -> Facts:
        option = super().create_option(*args, **kwargs)
        return {**option, "hint": self.hints.get(str(option["value"]), "")}


# Where a gland can be felt: left in the left column as in a mirror. The value is the
# site and, where there are two, its side; the number is the zone in the drawing.
GLAND_PLACES: tuple[tuple[str, str, int | None], ...] = (
    (f"{NodeSite.FRONT_OF_EAR}-left", "In front of left ear", 1),
    (f"{NodeSite.FRONT_OF_EAR}-right", "In front of right ear", 2),
    (f"{NodeSite.UNDER_JAW}-left", "Under left jaw", 3),
    (f"{NodeSite.UNDER_JAW}-right", "Under right jaw", 4),
    (f"{NodeSite.NECK}-left", "Left side of neck", 5),
    (f"{NodeSite.NECK}-right", "Right side of neck", 6),
    (f"{NodeSite.COLLARBONE}", "Above the collar bone", 7),
    (f"{NodeSite.BEHIND_EAR}", "Behind an ear", None),
    (f"{NodeSite.ARMPIT}", "Armpit", None),
    (f"{NodeSite.GROIN}", "Groin", None),
    (f"{NodeSite.ELSEWHERE}", "Somewhere else", None),
)
GLAND_CHOICES = [(value, label) for value, label, _ in GLAND_PLACES]
_ZONES = {value: zone for value, _, zone in GLAND_PLACES}


class BodyMap(CheckList):
    """A list of ticks beside a drawing that shows them. The list is the control."""

    template_name = "aftercare/widgets/body_map.html"

    def __init__(
        self, attrs: Facts | None = None, choices: Iterable[Any] = GLAND_CHOICES
    ) -> None:
        super().__init__(attrs, choices, short=True)

    def create_option(self, *args: Any, **kwargs: Any) -> Facts:
        option = super().create_option(*args, **kwargs)
        return {**option, "zone": _ZONES.get(str(option["value"]))}


class DateBoxes(forms.MultiWidget):
    """A date in three boxes: day, month, year. What was typed stays, right or wrong."""

    template_name = "aftercare/widgets/date_boxes.html"
    use_fieldset = True
    parts = (("Day", "day", 2), ("Month", "month", 2), ("Year", "year", 4))

    def __init__(self, attrs: Facts | None = None, *, birthday: bool = False) -> None:
        self.birthday = birthday
        boxes = [self._box(part, length) for _, part, length in self.parts]
        super().__init__(boxes, attrs)

    def _box(self, part: str, length: int) -> forms.TextInput:
        return forms.TextInput(
            {
                "class": "input",
                "inputmode": "numeric",
                "maxlength": length,
                "placeholder": " ",
                "autocomplete": f"bday-{part}" if self.birthday else "off",
            }
        )

    def get_context(self, name: str, value: Any, attrs: Facts | None) -> Facts:
        context: Facts = super().get_context(name, value, attrs)
        boxes = context["widget"]["subwidgets"]
        for box, (label, _, _) in zip(boxes, self.parts, strict=True):
            box["label"] = label
        return context

    def decompress(self, value: date | str | None) -> list[str]:
        """Day, month and year of a date, or of what was typed before."""
        if isinstance(value, date):
            return [str(value.day), str(value.month), str(value.year)]
        typed = (value or "").split("-")
        return typed[::-1] if len(typed) == THREE else ["", "", ""]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The boxes as year-month-day, which `DateField` reads; empty if all are."""
        day, month, year = (
            (part or "").strip().replace("-", "")
            for part in super().value_from_datadict(data, files, name)
        )
        return f"{year}-{month}-{day}" if day or month or year else ""
