"""The answers of a daily log as typed columns; NULL is *not asked*.

Every option of a pick-several question is a nullable yes/no column of its own, named
`<question>_<option>`: the patient may have denied one option and never been asked
another, and the record must not blur the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import compress
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q

from aftercare.warning_signs.facts import Answers, LymphNodes
from aftercare.warning_signs.vocabulary import (
    AftercareLapse,
    Blisters,
    Bump,
    Choice,
    ColourChange,
    Discharge,
    FeverMedicine,
    Hives,
    NodePain,
    NodeSite,
    NodeSize,
    OverallChange,
    Pustules,
    RedFlag,
    Scar,
    Severity,
    Sign,
    SwellingSite,
    TemperatureUnit,
)

from .base import both_or_neither, coded, one_of

PICK_SEVERAL: dict[str, type[Choice]] = {
    "red_flags": RedFlag,
    "swelling_sites": SwellingSite,
    "node_sites": NodeSite,
    "discharge": Discharge,
    "bumps": Bump,
    "colour_change": ColourChange,
    "scar": Scar,
    "aftercare_lapses": AftercareLapse,
}

PICK_ONE: dict[str, type[Choice]] = {
    "redness": Severity,
    "swelling": Severity,
    "fatigue": Severity,
    "itch": Severity,
    "peeling": Severity,
    "bruising": Severity,
    "fever_medicine_8h": FeverMedicine,
    "node_size": NodeSize,
    "node_pain": NodePain,
    "pustules": Pustules,
    "blisters": Blisters,
    "hives": Hives,
    "overall_change": OverallChange,
}

YES_NO: tuple[str, ...] = (
    "redness_spreading",
    "red_streaks",
    "hot_skin",
    "feels_feverish",
    "node_present",
    "node_getting_bigger",
    "node_hard_or_fixed",
    "node_skin_red_over",
    "blisters_near_eye",
    "joint_pain",
    "rash_elsewhere",
    "numb_patch",
    "numbing_symptoms",
    "contact_request",
    "still_present_now",
)


class AnswerColumns(models.Model):
    """Every answer of specification section 2, and the ticked tiles as they were ticked."""

    none_of_these = models.BooleanField(default=False)
    pain = models.PositiveSmallIntegerField(null=True)
    temperature_value = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    temperature_unit = coded(TemperatureUnit, null=True)
    temperature_c = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    unusable = models.CharField(
        max_length=200, blank=True, help_text="what was typed and could not be used"
    )
    free_text = models.TextField(blank=True, max_length=2000)

    class Meta:
        abstract = True

    def answers(self) -> Answers:
        """These columns as the facts the rules read, `None` where nothing was asked."""
        return Answers(
            signs=frozenset(compress(Sign, TILES(self))),
            lymph_nodes=self._lymph_nodes(),
            pain=self.pain,
            temperature_c=self.temperature_c,
            free_text=self.free_text,
            **{name: self._picked(name) for name in PICKED},
            **{name: self._chosen(name) for name in CHOSEN},
            **dict(zip(SAID, SAID_IN(self), strict=True)),
        )

    def _lymph_nodes(self) -> LymphNodes:
        return LymphNodes(
            present=self.node_present,
            sites=self._picked("node_sites"),
            size=self._chosen("node_size"),
            pain=self._chosen("node_pain"),
            getting_bigger=self.node_getting_bigger,
            hard_or_fixed=self.node_hard_or_fixed,
            skin_red_over=self.node_skin_red_over,
        )

    def _chosen(self, name: str) -> Any:
        return CHOICES[name][getattr(self, name)]

    def _picked(self, name: str) -> Any:
        """The options said yes to; `None` when no option was asked."""
        said = OPTIONS[name](self)
        if said.count(None) == len(said):
            return None
        return frozenset(compress(PICK_SEVERAL[name], said))


def is_node(name: str) -> bool:
    """Whether a column is one of the questions about swollen glands."""
    return name.startswith("node_")


def _read(names: Iterable[str]) -> Callable[[AnswerColumns], tuple[Any, ...]]:
    """The values of some columns of a log, read in one go: every log there is is read."""
    return attrgetter(*names)


TILES = _read(f"signs_{sign}" for sign in Sign)
OPTIONS = {
    name: _read(f"{name}_{option}" for option in choice)
    for name, choice in PICK_SEVERAL.items()
}
PICKED = tuple(name for name in PICK_SEVERAL if not is_node(name))
CHOSEN = tuple(name for name in PICK_ONE if not is_node(name))
CHOICES: dict[str, dict[str | None, Choice | None]] = {
    name: {None: None} | {option.value: option for option in choice}
    for name, choice in PICK_ONE.items()
}
SAID = tuple(name for name in YES_NO if not is_node(name))
SAID_IN = _read(SAID)


for _sign in Sign:
    AnswerColumns.add_to_class(f"signs_{_sign}", models.BooleanField(default=False))
for _name, _choice in PICK_ONE.items():
    AnswerColumns.add_to_class(_name, coded(_choice, null=True))
for _name, _choice in PICK_SEVERAL.items():
    for _option in _choice:
        AnswerColumns.add_to_class(f"{_name}_{_option}", models.BooleanField(null=True))
for _name in YES_NO:
    AnswerColumns.add_to_class(_name, models.BooleanField(null=True))


class Column(NamedTuple):
    """One answer column and the question it belongs to."""

    name: str
    question: str


def columns() -> tuple[Column, ...]:
    """Every answer column, for forms and tests that must not forget one."""
    several = [
        Column(f"{name}_{option}", name)
        for name, choice in PICK_SEVERAL.items()
        for option in choice
    ]
    single = [Column(name, name) for name in ("pain", "free_text", *PICK_ONE, *YES_NO)]
    temperature = [
        Column(name, "temperature")
        for name in ("temperature_value", "temperature_unit")
    ]
    return (*single, *temperature, *several)


def _none_of(*names: str) -> Q:
    """None of these columns says yes."""
    condition = Q()
    for name in names:
        condition &= Q(**{name: False}) | Q(**{f"{name}__isnull": True})
    return condition


def _empty(*names: str) -> Q:
    return Q(**{f"{name}__isnull": True for name in names})


NODE_DETAILS = (
    "node_size",
    "node_pain",
    "node_getting_bigger",
    "node_hard_or_fixed",
    "node_skin_red_over",
    *(f"node_sites_{site}" for site in NodeSite),
)

ANSWER_CONSTRAINTS: tuple[models.BaseConstraint, ...] = (
    *(one_of("log", name, choice) for name, choice in PICK_ONE.items()),
    one_of("log", "temperature_unit", TemperatureUnit),
    models.CheckConstraint(condition=Q(pain__range=(0, 10)), name="log_pain_0_to_10"),
    models.CheckConstraint(
        condition=Q(temperature_c__range=("32.0", "43.0")),
        name="log_temperature_possible",
    ),
    both_or_neither("log", "temperature_value", "temperature_unit"),
    both_or_neither("log", "temperature_value", "temperature_c"),
    models.CheckConstraint(
        condition=~Q(swelling="none")
        | _none_of(*(f"swelling_sites_{site}" for site in SwellingSite)),
        name="log_no_site_without_swelling",
    ),
    # Details of a gland that is not there would be nonsense.
    models.CheckConstraint(
        condition=Q(node_present__isnull=False, node_present=True)
        | _empty(*NODE_DETAILS),
        name="log_no_details_without_gland",
    ),
    models.CheckConstraint(
        condition=Q(blisters_near_eye__isnull=True)
        | Q(blisters_near_eye=False)
        | Q(
            blisters__isnull=False,
            blisters__in=["cold_sore", "on_treated_skin", "widespread"],
        ),
        name="log_near_eye_needs_blisters",
    ),
)
