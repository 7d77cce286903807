"""Patients who send logs whatever happens to the server, and remember what it said."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from uuid import UUID, uuid4

from .crowd import Phone
from .served import CUT_OFF, PATIENCE_S, Answer, Browser, hidden

CALM = {
    "overall_change": "better",
    "pain": "1",
    "redness": "mild",
    "swelling": "none",
    "signs": "none",
}
SICK = CALM | {"signs": "glands", "node_sites": "neck-left", "temperature": "38.4"}
EMERGENCY = CALM | {"signs": "emergency", "red_flags": "breathing_difficulty"}
ANSWERS = (CALM, SICK, CALM, EMERGENCY)
AGAIN = 10
"""One in so many logs is sent once more although it was acknowledged."""
OPENED = 4
"""One in so many logs of a patient is typed into a page that was opened for it."""

SEEN, BUSY, CUT = 303, 503, 0


@dataclass(slots=True)
class Ledger:
    """What the server acknowledged: the log that each key became. Shared by all senders.

    `sick` are the logs that must have a flag; `changed` the keys whose second sending
    led elsewhere than the first; `statuses` counts the answers, under CUT those that
    never came; `longest_s` is the longest that anybody waited for a log to be taken.
    """

    logs: dict[UUID, UUID] = field(default_factory=dict)
    sick: set[UUID] = field(default_factory=set)
    changed: list[UUID] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[Exception] = field(default_factory=list)
    longest_s: float = 0
    over: bool = False
    _news: threading.Condition = field(default_factory=threading.Condition)

    def note(self, key: UUID, log: UUID, *, sick: bool, took_s: float) -> None:
        with self._news:
            self.longest_s = max(self.longest_s, took_s)
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

    def stop(self) -> None:
        """No further log is begun."""
        with self._news:
            self.over = True
            self._news.notify_all()

    def wait_for(self, count: int) -> bool:
        """Until so many logs were acknowledged; false if there will never be so many."""
        with self._news:
            self._news.wait_for(
                lambda: len(self.logs) >= count or self.over or self.failures,
                PATIENCE_S * 20,
            )
            return not (self.over or self.failures)


class Sender(threading.Thread):
    """Some patients, who send `count` logs in all, in turn and one after the other."""

    def __init__(self, phones: Sequence[Phone], count: int, ledger: Ledger) -> None:
        super().__init__(daemon=True)
        self.phones, self.count, self.ledger = phones, count, ledger
        self.forms: dict[UUID, dict[str, str]] = {}

    def run(self) -> None:
        try:
            for number in range(self.count):
                if self.ledger.over:
                    return
                phone = self.phones[number % len(self.phones)]
                self.send(phone, number // len(self.phones), again=number % AGAIN == 0)
        except Exception as error:  # noqa: BLE001  told to whoever waits
            self.ledger.fail(error)

    def send(self, phone: Phone, number: int, *, again: bool) -> None:
        """Fill the form of one more log and send it until it is acknowledged."""
        browser, treatment = phone
        answers = ANSWERS[(number + treatment.int) % len(ANSWERS)]
        path = f"/log/{treatment}/?again={number}"
        form = answers | self.blank(phone, number, path)
        for _ in range(1 + again):
            began = monotonic()
            where = self.until(SEEN, browser, path, form).location
            log = re.fullmatch(r"/advice/([0-9a-f-]{36})/", where)
            if log is None:
                raise RuntimeError(f"A log led to {where}")
            self.ledger.note(
                UUID(form["key"]),
                UUID(log[1]),
                sick=answers is not CALM,
                took_s=monotonic() - began,
            )

    def blank(self, phone: Phone, number: int, path: str) -> dict[str, str]:
        """What a page holds before anything is typed; a new key makes it another log."""
        browser, treatment = phone
        if number % OPENED:
            self.forms[treatment] |= {"key": str(uuid4())}
        else:
            page = self.until(200, browser, path, None).page
            names = ("csrfmiddlewaretoken", "key", "for_date")
            self.forms[treatment] = {name: hidden(page, name) for name in names}
        return self.forms[treatment]

    def until(
        self, status: int, browser: Browser, path: str, form: dict[str, str] | None
    ) -> Answer:
        """Ask until the answer comes; a form goes out with the same key each time.

        No answer is tried again, and so is 503 if it says when. Anything else, a 500
        too, ends the sender.
        """
        while True:
            try:
                answer = browser.post(path, form) if form else browser.get(path)
            except CUT_OFF:
                self.ledger.heard(None)
                browser.server.up.wait(PATIENCE_S)
                continue
            self.ledger.heard(answer.status)
            if answer.status == status:
                return answer
            if answer.status != BUSY or not answer.retry_after.isdigit():
                said = "".join(browser.server.said)
                raise RuntimeError(f"{answer.status} from {path}\n{said}")


def send_through(
    crowd: Sequence[Phone],
    ends: Sequence[Callable[[], None]],
    *,
    senders: int,
    logs: int,
    ledger: Ledger | None = None,
) -> Ledger:
    """All send their logs while the server comes to each of its `ends` in turn.

    An end kills something and starts it again. The ends are spread evenly over the
    logs, of which each sender takes the same number.
    """
    ledger = ledger or Ledger()
    each = -(-logs // senders)
    hands = [Sender(crowd[nth::senders], each, ledger) for nth in range(senders)]
    for sender in hands:
        sender.start()
    for number, end in enumerate(ends, start=1):
        if not ledger.wait_for(number * senders * each // (len(ends) + 1)):
            break
        end()
    for sender in hands:
        sender.join()
    if ledger.failures:
        raise ExceptionGroup("A sender gave up.", ledger.failures)
    return ledger
