"""What a run found, as `docs/simulation.md` and on the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .measure import AT_MOST, Line, Ratio, lines, ratios

if TYPE_CHECKING:
    from .house import House

HEAD = (
    "clinic",
    "level",
    "flags",
    "never viewed",
    "wall p50",
    "wall p95",
    "open p50",
    "open p95",
    "late",
    "of those moved",
)

INTENT = """\
# Simulation: is every flag seen, and when?

Clinics for weeks within minutes. Made-up patients send logs, some with warning signs and
some not at all; made-up staff come to their turns or do not, look at the queue, call and
close; worker and mail are out for hours. Everything goes through the services, the
worker's table and the pages' own readings; only people, phones and the clock are made up.
"""

HOW = """\
## How to read it

- **flags**: each time a flag opened, got worse or came back after a call. Each asks for a
  person anew.
- **viewed**: the first moment at which a member of staff had the row's page before them.
- **wall** and **open**: hours until then, on the clock on the wall and while the clinic
  was open. Half of the flags were viewed within p50, 95 of 100 within p95.
- **late**: nothing had kept the promise of the level by its deadline. **moved**: the
  patient's page then carried a new time. Where the two differ, no worker ran then, and
  the page said that we are late without one; or somebody called before its next round.
- **overloaded**: some flag waits for its first view for three tenths of the opening time
  or more; that is measured, and a clinic that is meant to be and is not counts as broken.
  What waits there is mostly PROMPT, until its turn comes. An URGENT flag alerts those on
  duty at once, and waits until they have read it and put down what they are at.
"""

STAFF = """\
## How people behave

- A nurse looks at the queue every {pause} minutes or so, takes the top row, reads for two
  minutes, takes it on, calls, writes, and goes on until nothing waits; in the overloaded
  clinics they go back to their patients after one row, or after three where an alert
  called them. A call reaches the patient in 7 of 10 cases; who did not answer is called
  again after 50 minutes. One in ten rows is set aside until tomorrow. Nobody interrupts
  a call; who is told meanwhile looks afterwards.
- Whoever is on the rota may not come, without the rota knowing. Their phone is off.
- Phones are read within minutes at work, within about 40 minutes in free time, and from
  seven in the morning otherwise. Whoever reads an alert goes to the queue for up to three
  rows; away from their turn they begin none after half an hour.
- Patients log at an hour of their own or when reminded; some forget, some send three days
  at once, some fall silent after a warning sign, some never log. A reminder that does not
  arrive is not acted upon.
"""

ASSERTED = """\
## What is held against it

Looked at when its moment has come, and again at the end; a line for each that is broken.
The opening hours are counted by the simulation itself, minute by minute.

- Every flag is viewed, and every flag of the record is one the simulation knows.
- Every flag has the specified deadline, or none only where nothing opens for 14 days; then
  a clinical lead is told at once.
- An URGENT flag alerts those on duty by every way that leads to them, and not their
  backup. Where the rota names nobody it alerts everybody while the clinic is open, and
  nobody while it is closed. A PROMPT flag alerts nobody when it rises.
- The backup is told when a quarter of the opening time is gone, the lead past the
  deadline, and neither of them before for that.
- A missed deadline is late in the queue and on the patient's page, whether a worker runs
  or not; where one does, with a new time, and another when that one passes.
- An emergency alerts everybody on duty by every way that leads to them.
- Alerts leave at once, or within minutes after the way is open again; none is lost.
- Every silence that the rules name is a flag or a note after noon.
- No message to a patient at night, where they are; two a day at most by each way.
- Each day has its record, and it counts the flags that were open.
- A gap in cover is announced in the afternoon of the day before.
- A dead worker is on the health address within 15 minutes.
- Nothing is reported as failed by the product.

That these would be noticed is tried too: with `--without ladder`, `silence`, `record`, `gaps`
or `order` that part of the product is left out, and a run in which nothing broke is an error.
"""

LIMITS = """\
## What it does not show

People are more different than this, and worse days come together. That a flag is viewed
says nothing about what is decided. Logs go to the services, not through a browser;
messages are handed to a made-up way, not to a server; the worker goes round once a
simulated minute instead of every second. Nothing here is evidence about real clinics: it
shows that the house does what it promises when people do not.
"""


def paper(house: House, command: str, on: str) -> str:
    """The whole page."""
    plan = house.plan
    pause = f"{min(w.pause for w in plan.worlds):g} to {max(w.pause for w in plan.worlds):g}"
    parts = (
        INTENT,
        f"Made on {on} by `{command}`, seed `{plan.seed}`: {len(plan.worlds)} clinics, "
        f"{plan.days} days from {plan.start:%-d %B %Y}, and {plan.after} more in which "
        f"staff go on without new logs. {amounts(house)}\n",
        "## What was found\n\n" + "\n".join(verdict(house)) + "\n",
        table(lines(house)),
        HOW,
        "## The clinics\n\n" + "\n".join(worlds(house)) + "\n",
        "## What was out\n\n" + "\n".join(outages(house)) + "\n",
        STAFF.format(pause=pause),
        ASSERTED,
        LIMITS,
    )
    return "\n".join(parts)


def amounts(house: House) -> str:
    counts = house.book.counts
    return (
        f"{len(house.people)} patients sent {counts['logs']} logs; "
        f"{len(house.book.rises)} flags rose; {len(house.book.deliveries)} messages "
        f"arrived; {counts['silences MISSED'] + counts['silences NO-LOGS']} silences "
        f"were due; {counts['escalated']} rows were escalated."
    )


def verdict(house: House) -> Iterator[str]:
    """Each promise that was not kept; and red against amber where there was too much."""
    broken = Counter(one.promise for one in house.book.broken)
    if not broken:
        yield "- No promise was broken."
    for promise, times in broken.items():
        yield f"- **Broken {times} times**: {promise}."
    unviewed = sum(one.unviewed for one in lines(house) if one.place == "All clinics")
    yield f"- Flags never viewed: {unviewed}."
    for found in ratios(house):
        yield f"- {ratio_words(found)}"


def ratio_words(found: Ratio) -> str:
    return (
        f"{found.place}, overloaded (some flag waited for its first view for "
        f"{found.load:.0%} of the opening time): red (EMERGENCY and URGENT) was viewed in "
        f"{found.median:.2f} of amber's (PROMPT) opening time by the median, "
        f"{found.mean:.2f} by the mean and {found.high:.2f} at p95; at most {AT_MOST} is "
        "asked for by the median."
    )


def table(found: list[Line]) -> str:
    """As Markdown, which can be read as it is."""
    rows = [HEAD, tuple("---" for _ in HEAD), *map(cells, found)]
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)


def cells(one: Line) -> tuple[str, ...]:
    times = (one.wall_50, one.wall_95, one.open_50, one.open_95)
    late = f"{one.late / one.flags:.0%}" if one.late else "0"
    moved = f"{one.moved / one.late:.0%}" if one.late else "–"
    return (
        one.place,
        one.level,
        str(one.flags),
        str(one.unviewed),
        *(f"{time:.1f}" for time in times),
        late,
        moved,
    )


def worlds(house: House) -> Iterator[str]:
    for place in house.places:
        world = place.world
        yield f"- **{world.name}** ({world.zone}): {world.about}."


def outages(house: House) -> Iterator[str]:
    plan = house.plan
    for what, name in (
        ("worker", "worker"),
        ("email", "mail"),
        ("sms", "text messages"),
    ):
        spans = [
            f"day {(one.starts - plan.start).days} for "
            f"{(one.ends - one.starts).total_seconds() / 3600:g} h"
            for one in getattr(plan.outages, what)
        ]
        yield f"- {name}: {', '.join(spans) or 'never'}"
