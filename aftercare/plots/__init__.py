"""Plots as geometry and words: pure, so that a picture can be tested without a page."""

from .drawing import PATIENT, SPARK_SLOTS, STAFF, Bar, Frame, Label, Plot, draw, spark
from .series import LAST_DAY, Series, gist, sentence

__all__ = [
    "LAST_DAY",
    "PATIENT",
    "SPARK_SLOTS",
    "STAFF",
    "Bar",
    "Frame",
    "Label",
    "Plot",
    "Series",
    "draw",
    "gist",
    "sentence",
    "spark",
]
