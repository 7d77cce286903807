"""Aftercare: the record, the rules and the patient's side."""

__version__ = "0.1.0"
