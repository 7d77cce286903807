"""The look holds its promises: one small stylesheet, and colours that can be read."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from aftercare.staticfiles import IMPORT

from . import contrast
from .programs import ROOT

CSS = ROOT / "static" / "css"
JS = ROOT / "static" / "js"
SOURCES = sorted(CSS.rglob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
THEMES = contrast.themes((CSS / "tokens.css").read_text())

GROUNDS = ("paper", "surface", "sunken", "glow", "brand-tint", "clay-tint")
TINTS = ("ok-tint", "info-tint", "urgent-tint", "emerg-tint")
# What may be written on what, where two rules meet on a page.
TEXT = {
    "ink": (*GROUNDS, *TINTS),
    "ink-soft": (*GROUNDS, *TINTS),
    "brand": (
        "paper",
        "surface",
        "sunken",
        "glow",
        "brand-tint",
        "ok-tint",
        "urgent-tint",
    ),
    "brand-deep": ("paper", "surface", "brand-tint"),
    "clay": ("paper", "surface", "glow"),
    "ok": ("surface", "paper", "ok-tint"),
    "info": ("surface", "info-tint"),
    "urgent": ("surface", "paper", "urgent-tint", "brand-tint", "sunken"),
    "emerg": ("surface", "paper", "emerg-tint", "brand-tint", "sunken"),
    "on-brand": ("brand", "brand-deep"),
    "on-ok": ("ok-solid",),
    "on-info": ("info-solid",),
    "on-urgent": ("urgent-solid", "urgent-deep"),
    "on-emerg": ("emerg-solid", "emerg-deep"),
    "surface": ("ink",),
    "paper": ("ink",),
}
MARKS = {
    "edge": ("paper", "surface", "sunken"),
    "focus": ("paper", "surface", "sunken", "brand-tint", "clay-tint"),
    "bar": ("surface", "band"),
    "bar-over": ("surface", "band"),
    "ok-solid": ("surface", "paper"),
    "info-solid": ("surface", "sunken", "brand-tint"),
    "urgent-solid": ("surface", "sunken", "brand-tint"),
    "emerg-solid": ("surface", "sunken", "brand-tint"),
    "brand": ("surface",),
    "clay": ("surface", "clay-tint"),
    "on-tick": ("tick-clay", "tick-brand"),
}


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """Static files as a clinic's server has them."""
    backend = {"BACKEND": "aftercare.staticfiles.JoinedManifestStorage"}
    root = tmp_path_factory.mktemp("static")
    with override_settings(
        STATIC_ROOT=root,
        STORAGES={**settings.STORAGES, "staticfiles": backend},
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


def hashed(root: Path, name: str) -> Path:
    return root / json.loads((root / "staticfiles.json").read_text())["paths"][name]


def test_the_stylesheet_names_every_file_once():
    named = [found["file"] for found in IMPORT.finditer((CSS / "app.css").read_text())]
    files = {str(file.relative_to(CSS)) for file in SOURCES} - {"app.css"}
    assert sorted(named) == sorted(files)


def test_one_stylesheet_is_collected(collected):
    stylesheets = {file.name for file in (collected / "css").rglob("*.css")}
    assert stylesheets == {"app.css", hashed(collected, "css/app.css").name}


def test_the_collected_stylesheet_holds_every_rule_in_its_layer(collected):
    css = hashed(collected, "css/app.css").read_text()
    assert "@import" not in css
    assert css.index("@layer tokens, base") < css.index("@layer components {")
    for file in SOURCES:
        for selector, _ in contrast.RULE.findall(
            re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.DOTALL)
        ):
            assert selector.strip() in css


def test_the_stylesheet_is_small(collected):
    assert sum(len(file.read_text().splitlines()) for file in SOURCES) <= 1200
    css = hashed(collected, "css/app.css").read_bytes()
    assert len(gzip.compress(css)) <= 20 * 1024


def test_scripts_are_small_and_an_extra():
    scripts = sorted(JS.glob("*.js"))
    assert sum(len(script.read_bytes()) for script in scripts) <= 12 * 1024
    assert all(len(script.read_text().splitlines()) <= 100 for script in scripts)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("table", "enough"), [(TEXT, 4.5), (MARKS, 3.0)])
def test_what_is_drawn_can_be_seen_on_its_ground(theme, table, enough):
    tokens = THEMES[theme]
    too_faint = {
        f"{colour} on {ground}": round(seen, 2)
        for colour, grounds in table.items()
        for ground in grounds
        if (seen := contrast.ratio(tokens[colour], tokens[ground])) < enough
    }
    assert too_faint == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("wanted", "enough"), [(contrast.TEXT_ON, 4.5), (contrast.MARK_ON, 3.0)]
)
def test_every_rule_that_sets_colour_and_ground_can_be_read(theme, wanted, enough):
    tokens = THEMES[theme]
    pairs = [
        pair
        for file in SOURCES
        for pair in contrast.pairs_in(file.read_text(), wanted)
        if pair[1] in tokens and pair[2] in tokens
    ]
    assert len(pairs) >= 4
    too_faint = {
        (selector, colour, ground)
        for selector, colour, ground in pairs
        if contrast.ratio(tokens[colour], tokens[ground]) < enough
    }
    assert too_faint == set()


def test_a_colour_that_is_too_faint_would_be_found():
    assert (
        contrast.ratio("#777777", "#FFFFFF")
        < 4.5
        < contrast.ratio("#767676", "#FFFFFF")
    )
    css = ".a { color: var(--ink); background: var(--paper); }"
    assert list(contrast.pairs_in(css, contrast.TEXT_ON)) == [(".a", "ink", "paper")]


@pytest.mark.parametrize(
    "file", TEMPLATES, ids=lambda file: str(file.relative_to(ROOT))
)
def test_no_style_or_script_stands_in_a_page(file):
    html = re.sub(r"\{#.*?#\}", "", file.read_text(), flags=re.DOTALL)
    assert not re.search(r"<[^>]*\sstyle\s*=", html)
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not re.search(r"<[^>]*\son\w+\s*=", html)
    assert "javascript:" not in html
