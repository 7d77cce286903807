"""What was done: one short form, for a new treatment and for putting one right."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div
from django import forms
from django.forms.utils import ErrorDict

from aftercare.forms.layout import Disclosure, Questions
from aftercare.forms.widgets import CheckList, ChoiceTiles, DateBoxes
from aftercare.services.register_treatment import TreatmentDetails
from aftercare.warning_signs.treatment_words import (
    ProcedureType,
    RiskFactor,
    Setting,
    Sterility,
)
from clinic.forms.areas import AREAS, areas_text, ticked_areas
from clinic.forms.follow_up import without_form_tag

if TYPE_CHECKING:
    from aftercare.models import Treatment

TODAY, YESTERDAY, OTHER = "today", "yesterday", "other"
NONE = "none"
OLDEST = timedelta(days=180)
"""No log is taken after day 180, so an older treatment has nothing to follow up."""
FURTHEST = timedelta(days=60)
HERE = Setting.THIS_CLINIC
WHERE = [("" if value == HERE else value, label) for value, label in Setting.choices()]
MORE = (
    "device",
    "device_serial",
    "cartridge_lot",
    "products",
    "adjuncts",
    "other_risks",
)


def short(label: str, length: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, **kwargs)


def beside(*fields: str) -> Div:
    """Short fields next to each other where there is room."""
    return Div(*fields, css_class="beside")


class TreatmentForm(forms.Form):
    """The record of one treatment. `zone` is the clinic's; `now` is there, on its clock."""

    type = forms.ChoiceField(
        label="Treatment",
        choices=ProcedureType.choices(),
        widget=ChoiceTiles,
        error_messages={"required": "Choose the treatment."},
    )
    when = forms.ChoiceField(
        label="When",
        choices=((TODAY, "Today"), (YESTERDAY, "Yesterday"), (OTHER, "Another day")),
        widget=ChoiceTiles,
        error_messages={"required": "Choose the day."},
    )
    other_date = forms.DateField(
        label="Which day",
        required=False,
        widget=DateBoxes,
        error_messages={"invalid": "Enter a date, for example 27 3 2026."},
    )
    at_time = forms.TimeField(
        label="At what time",
        widget=forms.TimeInput(
            {"type": "time", "class": "input input--short"}, "%H:%M"
        ),
        error_messages={
            "required": "Enter the time.",
            "invalid": "Enter a time, for example 14:30.",
        },
    )
    areas = forms.MultipleChoiceField(
        label="Treated skin",
        choices=AREAS,
        required=False,
        widget=CheckList(short=True),
    )
    other_areas = short("Other treated skin", 120)
    practitioner = forms.CharField(
        label="Done by",
        max_length=120,
        error_messages={"required": "Enter who did the treatment."},
    )
    needle_depth_mm = forms.DecimalField(
        label="Deepest needle setting, in mm",
        help_text="Leave it empty if it is not known.",
        required=False,
        min_value=Decimal("0.1"),
        max_value=Decimal(10),
        decimal_places=2,
        widget=forms.TextInput({"inputmode": "decimal", "class": "input input--short"}),
        error_messages={
            "invalid": "Enter a number of millimetres, for example 1.5.",
            "min_value": "Enter 0.1 mm or more.",
            "max_value": "Enter 10 mm or less.",
        },
    )
    sterile_single_use = forms.ChoiceField(
        label="Was a sterile, single-use cartridge used?",
        choices=Sterility.choices(),
        widget=ChoiceTiles,
        error_messages={"required": "Say whether the cartridge was sterile."},
    )
    risk_factors = forms.MultipleChoiceField(
        label="Does any of these apply to the patient?",
        choices=(*RiskFactor.choices(), (NONE, "None of these")),
        widget=CheckList(short=True, exclusive=NONE),
        error_messages={"required": "Tick all that apply, or None of these."},
    )
    other_risks = short("Anything else to know about the patient", 200)
    products = short(
        "Products used, and recommended after", 1000, widget=forms.Textarea({"rows": 2})
    )
    adjuncts = short("Added, for example PRP or vitamin C", 200)
    device = short("Device", 120)
    device_serial = short("Serial number", 80)
    cartridge_lot = short("Cartridge lot", 80)
    setting = forms.ChoiceField(label="Where", choices=WHERE, required=False)

    def __init__(
        self,
        *args: Any,
        now: datetime,
        practitioner: str = "",
        initial: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        drawn = {"when": TODAY, "at_time": now.time(), "practitioner": practitioner}
        kwargs["initial"] = drawn | (initial or {})
        super().__init__(*args, **kwargs)
        self.now = now

    def full_clean(self) -> None:
        """Errors stand in the order of the page, whenever they were found."""
        super().full_clean()
        order = list(self.fields)
        found = sorted(
            self.errors, key=lambda name: order.index(name) if name in order else -1
        )
        self._errors = ErrorDict({name: self.errors[name] for name in found})

    def clean_risk_factors(self) -> frozenset[RiskFactor]:
        """A ticked risk beats "None of these"."""
        ticked = self.cleaned_data["risk_factors"]
        return frozenset(RiskFactor(code) for code in ticked if code != NONE)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        data["all_areas"] = areas_text(
            data.get("areas", ()), data.get("other_areas", "")
        )
        if not data["all_areas"] and "other_areas" not in self.errors:
            self.add_error("areas", "Tick the treated skin.")
        self._clean_moment(data)
        return data

    def _clean_moment(self, data: dict[str, Any]) -> None:
        """Day and time as one moment on the clinic's clock.

        A treatment may be planned: its patient can log how the skin was before it.
        """
        day, clock = self._day(data), data.get("at_time")
        if day is None or clock is None:
            return
        moment = datetime.combine(day, clock, self.now.tzinfo)
        if day - self.now.date() > FURTHEST:
            self.add_error("other_date", "Choose a day within the next 60 days.")
        elif self.now.date() - day > OLDEST:
            self.add_error("other_date", "Choose a day within the last 180 days.")
        else:
            data["performed_at"] = moment

    def _day(self, data: dict[str, Any]) -> date | None:
        """The chosen day; an error beside the boxes where none is given."""
        if data.get("when") == OTHER:
            if data.get("other_date") is None and "other_date" not in self.errors:
                self.add_error("other_date", "Enter the date.")
            return data.get("other_date")
        back = {TODAY: 0, YESTERDAY: 1}.get(data.get("when", ""))
        return None if back is None else self.now.date() - timedelta(days=back)

    def parts(self) -> list[Any]:
        """The questions in the order in which they are asked."""
        return [
            Questions(
                "type",
                "when",
                Div("other_date", css_class="if-other"),
                beside("at_time", "practitioner"),
                "areas",
                "other_areas",
                "needle_depth_mm",
                "sterile_single_use",
                "risk_factors",
            ),
            Disclosure(
                "Device, products and setting",
                "products",
                beside("adjuncts", "device"),
                beside("device_serial", "cartridge_lot"),
                beside("setting", "other_risks"),
            ),
        ]

    @property
    def helper(self) -> FormHelper:
        return without_form_tag(*self.parts())

    @property
    def details(self) -> TreatmentDetails:
        data = self.cleaned_data
        return TreatmentDetails(
            type=ProcedureType(data["type"]),
            performed_at=data["performed_at"],
            areas=data["all_areas"],
            practitioner=data["practitioner"],
            needle_depth_mm=data["needle_depth_mm"],
            sterile_single_use=Sterility(data["sterile_single_use"]),
            setting=Setting(data["setting"] or HERE),
            risk_factors=data["risk_factors"],
            more={name: data[name] for name in MORE},
        )


class ChangeTreatment(TreatmentForm):
    """The record of a treatment as it stands; `version` is the one its author saw."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def parts(self) -> list[Any]:
        return ["version", *super().parts()]


def as_initial(treatment: Treatment, today: date) -> dict[str, Any]:
    """A treatment as its form shows it."""
    ticked, other = ticked_areas(treatment.areas)
    local = treatment.performed_at.astimezone(ZoneInfo(treatment.zone))
    back = (today - treatment.performed_on).days
    return {
        "version": treatment.version,
        "type": treatment.type,
        "when": {0: TODAY, 1: YESTERDAY}.get(back, OTHER),
        "other_date": treatment.performed_on,
        "at_time": local.time(),
        "areas": ticked,
        "other_areas": other,
        "practitioner": treatment.practitioner,
        "needle_depth_mm": treatment.needle_depth_mm,
        "sterile_single_use": treatment.sterile_single_use,
        "risk_factors": sorted(treatment.risk_factors) or [NONE],
        "setting": "" if treatment.setting == HERE else treatment.setting,
        **{name: getattr(treatment, name) for name in MORE},
    }
