"""Asking for one's own rows with the keys of somebody else's, and what came of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from random import Random

from django.db import transaction
from django.http import HttpResponse

from aftercare.models import Clinic, Treatment

from .asking import FORM, Ask, asked_at_desk, asked_by_lead, asked_by_patient
from .harvest import harvest
from .people import Person, patient, staff
from .routes import ROUTES
from .test_access import leaked
from .their_keys import Keys, keys_of, keys_of_second
from .two_clinics import House
from .untouched import AUDIT, crossings, rows_of, written

Part = tuple[Clinic, Treatment | None]
Rows = dict[str, list[str]]

PLACES = {name for place in ROUTES for name in re.findall(r"<uuid:(\w+)>", place)}

# What a page offers only where there is more of something than one clinic has here.
BY_HAND: dict[str, Callable[[House], Iterator[Ask]]] = {
    "patient": lambda house: asked_by_patient(house.first),
    "desk": asked_at_desk,
    "lead": asked_by_lead,
}


def who(house: House, kind: str) -> Person:
    if kind == "patient":
        return patient(house, house.first, at_home=True)
    return staff(house, kind, at_home=True)


def asks_of(house: House, kind: str) -> list[Ask]:
    """What pages offer to somebody, and what they would offer if there were more."""
    by_hand = BY_HAND.get(kind, lambda house: iter(()))(house)
    return [*harvest(who(house, kind), house, house.first), *by_hand]


@dataclass(frozen=True, slots=True)
class Swap:
    """One try: what was asked for at first, and what is asked for instead.

    `strange`: nothing of it may be opened. Staff may open the other patient of their
    clinic, but never mix the two.
    """

    own: Ask
    ask: Ask
    strange: bool

    def leaves_alone(self, others: set[str]) -> bool:
        """Whether nothing may happen to the other patient of the clinic.

        Not where the page was about them, or the try names them as staff may.
        """
        if {key for _, key in self.own.keys} & others:
            return False
        has_subject = any(part == "path" for part, _ in self.ask.keys)
        return self.strange or (has_subject and self.ask.swapped == {"form"})


@dataclass(slots=True)
class Swaps:
    """Everything that one person of ours asks for, with the keys of others in it.

    `wrong` says what went wrong; `tried` and `answered` count by part and by status.
    """

    ours: House
    theirs: House
    kind: str
    wrong: list[str] = field(default_factory=list)
    tried: Counter[str] = field(default_factory=Counter)
    answered: Counter[int] = field(default_factory=Counter)

    def run(self, tries: int, seed: str = "seed") -> Swaps:
        """Makes so many tries, each undone again."""
        person, by = who(self.ours, self.kind), Random(f"{seed} of {self.kind}")
        foreign = (self.ours.words | self.theirs.words) - person.sees
        others = set(map(str, keys_of_second(self.ours).all))
        before = {part: rows_of(*part) for part in (self.elsewhere, self.second)}
        for swap in self.swaps(tries, by):
            safe = [self.elsewhere]
            safe += [self.second] if swap.leaves_alone(others) else []
            kept = {part: before[part] for part in safe}
            said = self.outcome(person, swap, foreign, kept)
            self.wrong += [f"{swap.ask}: {one}" for one in sorted(said)]
        return self

    @property
    def elsewhere(self) -> Part:
        return self.theirs.clinic, None

    @property
    def second(self) -> Part:
        return self.ours.clinic, self.ours.second.treatment

    def swaps(self, tries: int, by: Random) -> Iterator[Swap]:
        """One in four with the keys of one's own clinic's other patient."""
        asks = asks_of(self.ours, self.kind)
        names = sorted({name for ask in asks for name in ask.names_with_keys} | PLACES)
        near, far = keys_of_second(self.ours), keys_of(self.theirs)
        table_of = keys_of(self.ours).table_of()
        for number in range(tries):
            is_near, own = number % 4 == 0, by.choice(asks)
            pool = near if is_near else far
            if own.keys and number % 5:
                ask = own.swapping(partial(instead_of, pool, table_of, by), by)
            else:
                name = by.choice(names)
                ask = own.with_more(name, pool.choose(f"aftercare_{name}", by))
            yield Swap(own, ask, not is_near or self.kind == "patient")

    def outcome(
        self,
        person: Person,
        swap: Swap,
        foreign: set[str],
        kept: dict[Part, Rows],
    ) -> set[str]:
        """What is wrong with the answer to one request, which is undone again."""
        browser, ask = person.browser(raise_request_exception=False), swap.ask
        with written() as tables, transaction.atomic():
            answer = browser.generic(ask.method, ask.address, ask.body, FORM)
            said = set(leaked(answer, foreign))
            if set(tables) - {AUDIT}:
                said |= {f"crosses: {one}" for one in crossings(only=tables)}
            if any(changed(part, rows, tables) for part, rows in kept.items()):
                said.add("changed somebody else's rows")
            transaction.set_rollback(True)
        self.tried.update(ask.swapped)
        self.answered[answer.status_code] += 1
        return said | misjudged(swap, answer, tables)


def changed(part: Part, before: Rows, tables: list[str]) -> bool:
    """Whether somebody's rows are others now in the tables that were written to."""
    now = rows_of(*part, only=tables)
    return any(rows != before[table] for table, rows in now.items())


def instead_of(pool: Keys, table_of: dict[str, str], by: Random, key: str) -> object:
    return pool.choose(table_of.get(key), by)


def misjudged(swap: Swap, answer: HttpResponse, tables: list[str]) -> set[str]:
    """Whether it failed, was answered at all, or wrote what it must not."""
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return {f"{answer.status_code}"}
    if swap.strange and "path" in swap.ask.swapped:
        if answer.status_code not in {404, 405} or tables:
            return {f"{answer.status_code}, wrote {tables}"}
    elif swap.ask.method == "GET" and set(tables) - {AUDIT}:
        return {f"wrote {tables}"}
    return set()
