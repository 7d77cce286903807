"""Clinics for weeks within minutes: does any flag go unread, any silence unnoticed?

    script/bench simulation                      twelve clinics, sixty days, prints a table
    script/bench simulation --write --on DATE    the same into docs/simulation.md
    script/bench simulation --short              three clinics for a week
    script/bench simulation --without ladder     breaks a promise: must notice

A discrete-event simulation that drives the services, the worker's timed work and the
pages' own readings with a clock that stands still between events.
"""

from __future__ import annotations


def main(words: list[str]) -> int:
    """Exit code 1 when a promise was broken, or a control went unnoticed."""
    from .command import run  # noqa: PLC0415  needs django.setup()

    return run(words)
