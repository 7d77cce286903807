"""The eight tiles of the log page as data: what each asks, and what settles it.

`details` are the answers behind a tile. A ticked tile with none of its *defining*
answers positive takes the reading of its tile whatever else is filled. `denied` is
what "None of these" says no to: only what is printed on the tile.
Names are attributes of `Answers`; `name.option` is one option of a pick-several answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from .vocabulary import Sign


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: words, the answers that settle it, and those that "None of these" denies."""

    sign: Sign
    hint: str
    defining: tuple[str, ...]
    denied: tuple[str, ...]


TILES: tuple[Tile, ...] = (
    Tile(
        Sign.EMERGENCY,
        "Trouble breathing, fainting, chest pain, a sudden change in sight",
        defining=("red_flags",),
        denied=(
            "red_flags.breathing_difficulty",
            "red_flags.collapse_faint",
            "red_flags.chest_pain",
            "red_flags.vision_change_or_eye_pain",
        ),
    ),
    Tile(
        Sign.GLANDS,
        "Lumps in your neck, under your jaw, near your ears or armpit",
        defining=("lymph_nodes.present",),
        denied=("lymph_nodes.present",),
    ),
    Tile(
        Sign.UNWELL,
        "Feeling unwell all over",
        defining=("feels_feverish", "fatigue", "temperature_c"),
        denied=("feels_feverish", "fatigue"),
    ),
    Tile(
        Sign.FLUID,
        "Thick or cloudy fluid, or a bad smell",
        defining=("discharge",),
        denied=("discharge.clear", "discharge.pus"),
    ),
    Tile(
        Sign.SPREADING,
        "On brown or black skin, look for darker or shiny skin",
        defining=("hot_skin", "redness_spreading", "red_streaks"),
        denied=("hot_skin", "redness_spreading"),
    ),
    Tile(
        Sign.RASH,
        "Or a cold sore, or pus spots",
        defining=("hives", "blisters", "pustules", "bumps.rash", "rash_elsewhere"),
        denied=("hives", "blisters", "pustules", "bumps.rash"),
    ),
    Tile(
        Sign.MARKS,
        "Lines, lumps, or skin that is grey, white or much darker",
        defining=("colour_change", "scar", "numb_patch", "bumps.firm_lumps"),
        denied=(
            "colour_change.darker",
            "colour_change.grey_white_black",
            "scar.lines",
            "numb_patch",
            "bumps.firm_lumps",
        ),
    ),
    Tile(
        Sign.WORRY,
        "Or you would like us to call you",
        defining=("contact_request",),
        denied=("contact_request",),
    ),
)
