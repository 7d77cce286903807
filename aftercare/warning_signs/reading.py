"""From the answers of one log to its facts: blanks, ticked tiles and the fever state.

What a ticked tile without details means is read here and never written into the
answers.
"""

from __future__ import annotations

from typing import Any

from .day_facts import DayFacts
from .facts import Answers, Log, LymphNodes
from .parameters import DEFAULTS, Parameters
from .signs import TILES
from .vocabulary import (
    Blisters,
    Choice,
    Discharge,
    FeverMedicine,
    FeverState,
    Hives,
    NodePain,
    NodeSize,
    OverallChange,
    Pustules,
    Severity,
    Sign,
)

DEFINING = {tile.sign: tile.defining for tile in TILES}
# What an item reads as when it was not asked; items that a tile may speak for are not here.
BLANKS: dict[str, Any] = {
    "red_flags": frozenset(),
    "numbing_symptoms": False,
    "pain": 0,
    "redness": Severity.NONE,
    "red_streaks": False,
    "swelling": Severity.NONE,
    "swelling_sites": frozenset(),
    "fatigue": Severity.NONE,
    "pustules": Pustules.NONE,
    "blisters": Blisters.NONE,
    "blisters_near_eye": False,
    "itch": Severity.NONE,
    "hives": Hives.NONE,
    "bumps": frozenset(),
    "colour_change": frozenset(),
    "scar": frozenset(),
    "peeling": Severity.NONE,
    "bruising": Severity.NONE,
    "joint_pain": False,
    "rash_elsewhere": False,
    "numb_patch": False,
    "overall_change": OverallChange.SAME,
    "aftercare_lapses": frozenset(),
}
UNSPECIFIED_TILES = frozenset({Sign.RASH, Sign.MARKS})


def read(log: Log, parameters: Parameters) -> DayFacts:
    """The facts of one log."""
    answers, bare = log.answers, bare_tiles(log, parameters)
    feverish = bool(answers.feels_feverish) or Sign.UNWELL in bare
    spreading = Sign.SPREADING in bare
    pus = {Discharge.PUS} if Sign.FLUID in bare else set()
    # Left open, "is this still happening?" counts as yes.
    now = log.sent_on_its_day or answers.still_present_now is not False
    return DayFacts(
        **{name: getattr(answers, name) or blank for name, blank in BLANKS.items()},
        **node_facts(answers.lymph_nodes, bare),
        day=log.day,
        phase=log.phase,
        asked=asked_items(answers, bare),
        red_flags_now=(answers.red_flags or frozenset()) if now else frozenset(),
        emergency_sign=Sign.EMERGENCY in bare,
        emergency_sign_now=now and Sign.EMERGENCY in bare,
        numbing_symptoms_now=now and bool(answers.numbing_symptoms),
        redness_spreading=bool(answers.redness_spreading) or spreading,
        hot_skin=bool(answers.hot_skin) or spreading,
        highest_c=answers.temperature_c,
        lowest_c=answers.temperature_c,
        feels_feverish=feverish,
        fever_medicine=medicine_on_board(answers),
        fever=fever_state(answers, feverish, parameters),
        discharge=(answers.discharge or frozenset()) | pus,
        contact_request=bool(answers.contact_request) or Sign.WORRY in answers.signs,
        unspecified=bare & UNSPECIFIED_TILES,
        texts=(answers.free_text,) if answers.free_text else (),
    )


def node_facts(nodes: LymphNodes, bare: frozenset[Sign]) -> dict[str, Any]:
    """The facts about the glands."""
    return {
        "nodes": has_nodes(nodes) or Sign.GLANDS in bare,
        "node_sites": nodes.sites or frozenset(),
        "node_size": nodes.size or NodeSize.UNSURE,
        "node_pain": nodes.pain or NodePain.NONE,
        "node_growing": bool(nodes.getting_bigger),
        "node_hard": bool(nodes.hard_or_fixed),
        "node_red": bool(nodes.skin_red_over),
    }


def bare_tiles(log: Log, parameters: Parameters) -> frozenset[Sign]:
    """The ticked tiles with none of their defining answers positive."""
    answers = log.answers
    return frozenset(
        sign
        for sign in answers.signs
        if not any(is_positive(answers, name, parameters) for name in DEFINING[sign])
    )


def signs_of(answers: Answers, parameters: Parameters = DEFAULTS) -> frozenset[Sign]:
    """The signs the patient reported: tiles ticked, or described without a tick."""
    described = {
        sign
        for sign, names in DEFINING.items()
        for name in names
        if is_positive(answers, name, parameters)
    }
    return answers.signs | described


def is_positive(answers: Answers, name: str, parameters: Parameters) -> bool:
    """Whether a defining answer says yes; names are those of `signs.TILES`."""
    item, _, option = name.partition(".")
    value = getattr(answers, item)
    if item == "temperature_c":
        return value is not None and value >= parameters.fever_low
    if isinstance(value, LymphNodes):
        return has_nodes(value)
    if isinstance(value, frozenset):
        return option in value if option else bool(value)
    if isinstance(value, Choice):
        return value.rank > 0
    return value is True


def has_nodes(nodes: LymphNodes) -> bool:
    """Glands said to be swollen, or described: a detail counts as the tile ticked."""
    return bool(nodes.present) or has_node_details(nodes)


def has_node_details(nodes: LymphNodes) -> bool:
    """Whether any answer about the glands says more than its "no"."""
    return bool(
        nodes.sites
        or nodes.size not in (None, NodeSize.UNSURE)
        or nodes.pain not in (None, NodePain.NONE)
        or nodes.getting_bigger
        or nodes.hard_or_fixed
        or nodes.skin_red_over
    )


def medicine_on_board(answers: Answers) -> bool:
    """Whether fever medicine may hide a fever; *unsure* counts as yes."""
    return answers.fever_medicine_8h in (FeverMedicine.YES, FeverMedicine.UNSURE)


def fever_state(answers: Answers, feverish: bool, parameters: Parameters) -> FeverState:
    """What the temperature answers of one log amount to (specification 5)."""
    reading, medicine = answers.temperature_c, medicine_on_board(answers)
    raised = reading is not None and reading >= parameters.fever_low
    if reading is not None and reading >= parameters.fever:
        return FeverState.CONFIRMED
    if raised and medicine:
        return FeverState.SUSPECTED
    if feverish and (reading is None or medicine):
        return FeverState.SUSPECTED
    if raised or feverish:
        return FeverState.LOW
    return FeverState.NONE


def asked_items(answers: Answers, bare: frozenset[Sign]) -> frozenset[str]:
    """The items that count as asked where days are compared."""
    nodes = answers.lymph_nodes
    asked = {
        "pain": answers.pain is not None,
        "redness": answers.redness is not None,
        "swelling": answers.swelling is not None,
        "fatigue": answers.fatigue is not None,
        "pustules": answers.pustules is not None,
        "overall_change": answers.overall_change is not None,
        "nodes": nodes.present is not None or has_nodes(nodes) or Sign.GLANDS in bare,
        "fever": answers.feels_feverish is not None
        or answers.temperature_c is not None
        or Sign.UNWELL in bare,
    }
    return frozenset(item for item, was_asked in asked.items() if was_asked)
