"""Sending what waits in the outbox: at least once, each under the same id.

A message is claimed, handed over outside of any transaction, and marked at once. Whoever
is killed in between leaves one message that is sent a second time, and can be recognised.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from aftercare.messages.backoff import (
    CHANNEL,
    MESSAGE,
    TO_STAFF,
    WAY_CLOSED,
    Chance,
    backoff,
)
from aftercare.messages.channel import Channel, ChannelDown, Claimed, NotDelivered
from aftercare.models import MessageChannel
from aftercare.models.outbox import OF_STAFF

from .claim_messages import (
    claim,
    give_up,
    mark_sent,
    release,
    try_again,
)

logger = logging.getLogger(__name__)

BATCH = 500
TURN = timedelta(seconds=30)
WORTH_A_MARK_S = 0.0005


@dataclass(slots=True)
class Done:
    """What became of one batch."""

    claimed: int = 0
    sent: int = 0
    failed: int = 0
    given_up: int = 0


@dataclass(slots=True)
class Rest:
    """A way that was found closed: since when, and when to knock again."""

    since: datetime
    times: int
    until: datetime


@dataclass(slots=True)
class Postman:
    """One worker's hands: the ways out, and what it has to remember between batches.

    `unmarked` was sent and is not marked yet, which outlives a database that went away;
    `resting` are ways that are closed, so that thousands need not fail one by one.
    """

    channels: Mapping[MessageChannel, Channel]
    clock: Callable[[], datetime]
    chance: Chance
    stopping: Callable[[], bool] = lambda: False
    stopwatch: Callable[[], float] = time.monotonic
    unmarked: list[UUID] = field(default_factory=list)
    resting: dict[str, Rest] = field(default_factory=dict)

    def send_batch(self) -> Done:
        """Sends what is due, for a turn at most; `claimed` is 0 when nothing is left."""
        self._mark()
        at = self.clock()
        open_ways = [way for way in self.channels if not self._rests(way, at)]
        batch = claim(open_ways, at, BATCH)
        done = Done(claimed=len(batch))
        try:
            left = self._send_each(batch, at + TURN, done)
            release(left)
        finally:
            for channel in self.channels.values():
                channel.close()
        if done.claimed:
            logger.info(
                "Messages: %d sent, %d to be tried again, %d given up.",
                done.sent,
                done.failed,
                done.given_up,
            )
        return done

    def closed_since(self) -> datetime | None:
        """Since when a way has been closed, if one is."""
        return min((rest.since for rest in self.resting.values()), default=None)

    def _send_each(
        self, batch: list[Claimed], until: datetime, done: Done
    ) -> list[Claimed]:
        """Sends one after the other; gives back what it had no time or way for."""
        left = []
        spent = 0.0
        for message in batch:
            now = self.clock()
            if self.stopping() or now >= until or self._rests(message.channel, now):
                left.append(message)
                continue
            began = self.stopwatch()
            if self._send(message, done):
                self.unmarked.append(message.pk)
            spent += self.stopwatch() - began
            # A mark for each message, but for ways that take no time at all.
            if spent >= WORTH_A_MARK_S:
                self._mark()
                spent = 0.0
        self._mark()
        return left

    def _send(self, message: Claimed, done: Done) -> bool:
        """Whether it was taken."""
        try:
            self.channels[MessageChannel(message.channel)].send(message)
        except NotDelivered as failure:
            self._failed(message, failure, done)
            return False
        except Exception as error:
            logger.exception("Message %s is more than we can send.", message.pk)
            self._failed(message, NotDelivered(type(error).__name__), done)
            return False
        self.resting.pop(message.channel, None)
        done.sent += 1
        return True

    def _failed(self, message: Claimed, failure: NotDelivered, done: Done) -> None:
        at = self.clock()
        if isinstance(failure, ChannelDown):
            self._rest(message.channel, failure, at)
        if failure.permanent:
            give_up(message, failure.words, at)
            done.given_up += 1
            logger.warning("Message %s was refused: %s.", message.pk, failure.words)
            return
        left = message.expires_at - at
        wait = backoff(message.tries, bounds(message, failure), self.chance, left=left)
        try_again(message, failure.words, at + wait)
        done.failed += 1

    def _rest(self, channel: str, failure: NotDelivered, at: datetime) -> None:
        before = self.resting.get(channel)
        times, since = (before.times + 1, before.since) if before else (1, at)
        wait = backoff(times, CHANNEL, self.chance)
        self.resting[channel] = Rest(since, times, at + wait)
        logger.warning(
            "The way for %s is closed: %s. Next try in %d s.",
            channel,
            failure.words,
            wait.total_seconds(),
        )

    def _rests(self, channel: str, at: datetime) -> bool:
        rest = self.resting.get(channel)
        return rest is not None and at < rest.until

    def _mark(self) -> None:
        if self.unmarked:
            mark_sent(self.unmarked, self.clock())
            self.unmarked.clear()


def bounds(message: Claimed, failure: NotDelivered) -> tuple[timedelta, timedelta]:
    """How long a message waits for its next try."""
    if message.kind in OF_STAFF:
        return TO_STAFF
    return WAY_CLOSED if isinstance(failure, ChannelDown) else MESSAGE
