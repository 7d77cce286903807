"""What leaves the house when a call fails: a message at least once, a copy whole or plainly
cut off."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from itertools import chain
from pathlib import Path

import pytest
from django.conf import LazySettings

from aftercare.messages.channel import ChannelDown, NotDelivered
from aftercare.messages.folder import FolderChannel
from aftercare.models import OutgoingMessage, Treatment
from aftercare.services.send_messages import Postman
from aftercare.showing.export.as_json import clinic_jsonl, line, record_json
from aftercare.showing.export.kinds import Audience
from tests.aftercare.faults import Broken, Fault, failing, put_back, whole
from tests.aftercare.post import ADDRESS, Clock, Letterbox, postman, put
from tests.builders import GLANDS, MONDAY, send_log

pytestmark = pytest.mark.django_db(transaction=True)

FAILURES = {
    "the way is closed": ChannelDown("mail: TimeoutError"),
    "put off": NotDelivered("mail: SMTPDataError 451"),
    "nobody thought of it": TypeError("Maya"),
}


def hands(mail: Letterbox | FolderChannel, clock: Clock) -> Postman:
    """A worker's hands that mark each message as they let go of it."""
    return postman(mail, clock, stopwatch=itertools.count().__next__)


def drain(worker: Postman, clock: Clock) -> None:
    """Some hours of going round."""
    for _ in range(20):
        clock.forward(minutes=10)
        worker.send_batch()


def marked() -> set[object]:
    return set(
        OutgoingMessage.objects.exclude(sent_at=None).values_list("pk", flat=True)
    )


@pytest.mark.parametrize("lost_answer", [False, True], ids=["call", "lost answer"])
@pytest.mark.parametrize("survives", [True, False], ids=["goes on", "another worker"])
def test_whichever_call_fails_each_message_arrives_and_one_at_most_arrives_twice(
    *, lost_answer: bool, survives: bool
) -> None:
    keys = {put().pk for _ in range(3)}
    before = whole()
    for nth in itertools.count(1):
        clock, mail, fault = Clock(), Letterbox(), Fault(nth, lost_answer=lost_answer)
        worker = hands(mail, clock)
        with failing(fault):
            try:
                worker.send_batch()
            except Broken:
                """The worker waits for its database, or is started again."""
        taken = Counter(one.pk for one in mail.taken)
        assert marked() <= taken.keys(), "marked, and never sent"
        drain(worker if survives else hands(mail, clock), clock)
        taken = Counter(one.pk for one in mail.taken)
        assert taken.keys() == marked() == keys
        assert taken.total() <= len(keys) + (not survives)
        put_back(before)
        if not fault.struck:
            break
    assert nth > (1 if lost_answer else 5)


def fail_at(nth: int, mail: Letterbox, failure: Exception, _: OutgoingMessage) -> None:
    if len(mail.tried) == nth:
        raise failure


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_whichever_send_fails_it_is_tried_again_and_the_others_go_out(
    failure: Exception,
) -> None:
    keys = [put().pk for _ in range(3)]
    before = whole()
    for nth in range(1, 4):
        clock, mail = Clock(), Letterbox()
        mail.then = partial(fail_at, nth, mail, failure)
        worker = hands(mail, clock)
        worker.send_batch()
        assert marked() == {one.pk for one in mail.taken}
        failed = OutgoingMessage.objects.get(pk=mail.tried[nth - 1].pk)
        assert (failed.sent_at, failed.tries, failed.to) == (None, 1, ADDRESS)
        drain(worker, clock)
        assert Counter(one.pk for one in mail.taken) == dict.fromkeys(keys, 1)
        put_back(before)


class Disk:
    """Where the nth thing that is done to a file fails."""

    def __init__(self, patch: pytest.MonkeyPatch, nth: int) -> None:
        self.calls, self.nth = 0, nth
        for name in ("mkdir", "touch", "write_text", "replace"):
            patch.setattr(Path, name, self.counted(getattr(Path, name)))

    def counted(self, work: Callable[..., object]) -> Callable[..., object]:
        def do(path: Path, *facts: object, **more: object) -> object:
            self.calls += 1
            if self.calls == self.nth:
                raise OSError(28, "No space left on device")
            return work(path, *facts, **more)

        return do


def test_whichever_write_fails_a_message_is_a_whole_file_in_the_end(
    tmp_path: Path,
) -> None:
    keys = {f"{put().pk}.txt" for _ in range(3)}
    before = whole()
    for nth in itertools.count(1):
        clock, folder = Clock(), tmp_path / str(nth)
        worker = hands(FolderChannel(folder), clock)
        with pytest.MonkeyPatch.context() as patch:
            disk = Disk(patch, nth)
            worker.send_batch()
        files = {file.name for file in folder.glob("*.txt")}
        assert {f"{key}.txt" for key in marked()} <= files
        drain(worker, clock)
        assert {file.name for file in folder.glob("*.txt")} == keys
        for file in folder.glob("*.txt"):
            assert file.read_text("utf-8").endswith("let-me-in\n")
        put_back(before)
        if disk.calls < nth:
            break
    assert nth > 12


# --- Copies -----------------------------------------------------------------------------------


def one_record(treatment: Treatment) -> Iterable[bytes]:
    return record_json(treatment.patient, Audience.STAFF, MONDAY)


def all_records(treatment: Treatment) -> Iterable[bytes]:
    some = clinic_jsonl(treatment.clinic, MONDAY)
    return map(line, chain.from_iterable(some))


def says_complete(text: bytes) -> bool:
    """Whether a reader of the file takes it for the whole of it.

    One record is one object; of many, the last line says how many there were.
    """
    with suppress(ValueError):
        return json.loads(text).get("complete") is True
    with suppress(ValueError):
        last = json.loads(text.rstrip(b"\n").rpartition(b"\n")[2])
        return last.get("complete") is True and "patients" in last
    return False


@pytest.fixture(autouse=True)
def _no_folder(settings: LazySettings) -> None:
    settings.MESSAGE_FOLDER = ""


def read(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """As much as arrived before it broke off."""
    try:
        yield from pieces
    except Broken:
        return


@pytest.mark.parametrize("copy", [one_record, all_records])
def test_whichever_call_fails_a_copy_is_whole_or_says_that_it_is_not(
    treatment: Treatment, copy: Callable[[Treatment], Iterable[bytes]]
) -> None:
    send_log(treatment, GLANDS, at=MONDAY - timedelta(hours=1))
    for nth in itertools.count(1):
        fault = Fault(nth)
        with failing(fault):
            arrived = b"".join(read(copy(treatment)))
        assert says_complete(arrived) is not fault.struck
        if not fault.struck:
            break
    assert nth > 5
