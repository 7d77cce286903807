"""Patients who send logs whatever happens to the server, and remember what it said."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from .served import CUT_OFF, PATIENCE_S, Answer, Browser, Server, hidden

CALM = {
    "overall_change": "better",
    "pain": "1",
    "redness": "mild",
    "swelling": "none",
    "signs": "none",
}
SICK = CALM | {"signs": "glands", "node_sites": "neck-left", "temperature": "38.4"}
AGAIN = 10
"""One in so many logs is sent once more although it was acknowledged."""

SEEN, BUSY, CUT = 303, 503, 0


@dataclass(slots=True)
class Ledger:
    """What the server acknowledged: the log that each key became. Shared by all senders.

    `sick` are the logs that must have a flag; `changed` the keys whose second sending
    led elsewhere than the first; `statuses` counts the answers, under CUT those that
    never came.
    """

    logs: dict[UUID, UUID] = field(default_factory=dict)
    sick: set[UUID] = field(default_factory=set)
    changed: list[UUID] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[Exception] = field(default_factory=list)
    _news: threading.Condition = field(default_factory=threading.Condition)

    def note(self, key: UUID, log: UUID, *, sick: bool) -> None:
        with self._news:
            if self.logs.setdefault(key, log) != log:
                self.changed.append(key)
            if sick:
                self.sick.add(log)
            self._news.notify_all()

    def heard(self, status: int | None) -> None:
        """Count an answer, or with None one that did not come."""
        with self._news:
            self.statuses[status or CUT] += 1

    def fail(self, error: Exception) -> None:
        with self._news:
            self.failures.append(error)
            self._news.notify_all()

    def wait_for(self, count: int) -> None:
        """Until so many logs were acknowledged, or somebody gave up."""
        with self._news:
            self._news.wait_for(
                lambda: len(self.logs) >= count or self.failures, PATIENCE_S * 20
            )


class Sender(threading.Thread):
    """One patient of the demo, who sends `count` logs one after the other."""

    def __init__(self, phone: Browser, treatment: UUID, count: int, ledger: Ledger):
        super().__init__(daemon=True)
        self.phone, self.count, self.ledger = phone, count, ledger
        self.path = f"/log/{treatment}/"

    def run(self) -> None:
        try:
            for number in range(self.count):
                self.send(number, again=number % AGAIN == 0)
        except Exception as error:  # noqa: BLE001  told to whoever waits
            self.ledger.fail(error)

    def send(self, number: int, *, again: bool) -> None:
        """Fill the form of one more log and send it until it is acknowledged."""
        answers = SICK if number % 2 else CALM
        self.path = f"{self.path.partition('?')[0]}?again={number}"
        page = self.until(200, None).page
        names = ("csrfmiddlewaretoken", "key", "for_date")
        form = answers | {name: hidden(page, name) for name in names}
        for _ in range(1 + again):
            where = self.until(SEEN, form).location
            log = re.fullmatch(r"/advice/([0-9a-f-]{36})/", where)
            if log is None:
                raise RuntimeError(f"A log led to {where}")
            self.ledger.note(UUID(form["key"]), UUID(log[1]), sick=answers is SICK)

    def until(self, status: int, form: dict[str, str] | None) -> Answer:
        """Ask until the answer comes; a form goes out with the same key each time.

        No answer and 503 are tried again. Anything else, a 500 too, ends the sender.
        """
        while True:
            try:
                answer = (
                    self.phone.post(self.path, form)
                    if form
                    else self.phone.get(self.path)
                )
            except CUT_OFF:
                self.ledger.heard(None)
                self.phone.server.up.wait(PATIENCE_S)
                continue
            self.ledger.heard(answer.status)
            if answer.status == status:
                return answer
            if answer.status != BUSY:
                said = "".join(self.phone.server.said)
                raise RuntimeError(f"{answer.status} from {self.path}\n{said}")


def sign_in_everybody(server: Server, most: int) -> list[tuple[Browser, UUID]]:
    """Phones of patients of the demo, each with a treatment some days ago."""
    page = Browser(server).get("/demo/").page
    found: list[tuple[Browser, UUID]] = []
    for become in re.findall(r'action="(/demo/[0-9a-f-]{36}/)"', page):
        phone = Browser(server)
        token = hidden(phone.get("/demo/").page, "csrfmiddlewaretoken")
        phone.post(become, {"csrfmiddlewaretoken": token})
        today = phone.get("/today/")
        treatment = re.search(r'"/log/([0-9a-f-]{36})/"', today.page)
        if treatment and re.search(r"Day [1-9]", today.page):
            found.append((phone, UUID(treatment[1])))
        if len(found) == most:
            break
    return found


def send_through(
    server: Server, ends: Sequence[Callable[[], None]], *, phones: int, logs_each: int
) -> Ledger:
    """Everybody sends their logs while the server comes to each of its `ends` in turn.

    An end kills something and starts it again. The ends are spread evenly over the logs.
    """
    ledger = Ledger()
    senders = [
        Sender(phone, treatment, logs_each, ledger)
        for phone, treatment in sign_in_everybody(server, phones)
    ]
    for sender in senders:
        sender.start()
    for number, end in enumerate(ends, start=1):
        ledger.wait_for(number * len(senders) * logs_each // (len(ends) + 1))
        end()
    for sender in senders:
        sender.join()
    if ledger.failures:
        raise ExceptionGroup("A sender gave up.", ledger.failures)
    return ledger
