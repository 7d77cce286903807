"""What has happened to some flags: who looked, who called, how it ended.

Read from rows with an author and a moment; nothing here is worked out by a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery, UUIDField

from aftercare.models import (
    REACHED,
    ContactResult,
    Finding,
    Flag,
    FollowUp,
    FollowUpKind,
    MovedPromise,
    Patient,
    Review,
)
from aftercare.warning_signs.vocabulary import Level

LOOKED = (FollowUpKind.ACKNOWLEDGED, FollowUpKind.CONTACTED)


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that a person did about some flags."""

    kind: str
    by: str
    at: datetime
    flags: frozenset[UUID]
    result: str = ""

    @property
    def reached(self) -> bool:
        return self.result in REACHED

    @property
    def tried(self) -> bool:
        """We called and nobody answered."""
        return self.result in (ContactResult.NO_ANSWER, ContactResult.LEFT_MESSAGE)


@dataclass(frozen=True, slots=True)
class Followed:
    """Some flags of one patient and what was done about them, in the order of time."""

    flags: tuple[Flag, ...]
    done: tuple[Done, ...]

    @property
    def open(self) -> tuple[Flag, ...]:
        """The open flags, the gravest and most pressing first."""
        return tuple(
            sorted(
                (flag for flag in self.flags if flag.review_id is None),
                key=lambda flag: (-flag.level, flag.due_at is None, flag.due_at),
            )
        )

    @property
    def level(self) -> Level:
        """The level of the gravest open flag."""
        return max((flag.urgency for flag in self.open), default=Level.NONE)

    @property
    def reviews(self) -> tuple[Review, ...]:
        """The reviews that closed some of the flags, in the order of time."""
        found = {flag.review.pk: flag.review for flag in self.flags if flag.review}
        return tuple(sorted(found.values(), key=lambda review: review.at))

    def only(self, flags: Collection[UUID]) -> Followed:
        """The same about fewer flags."""
        return Followed(
            tuple(flag for flag in self.flags if flag.pk in flags),
            tuple(step for step in self.done if step.flags & set(flags)),
        )

    def looked(self) -> Done | None:
        """Who looked last to make it all: each open flag seen since it is as it is."""
        return self._on_all(lambda step: step.kind in LOOKED)

    def called(self) -> Done | None:
        """The same for a call, answered or not."""
        return self._on_all(lambda step: step.kind == FollowUpKind.CONTACTED)

    def spoken(self) -> Done | None:
        """The same for a call in which the patient was reached."""
        return self._on_all(lambda step: step.reached)

    def _on_all(self, wanted: Callable[[Done], bool]) -> Done | None:
        """A step on each open flag since it opened or rose; None while one has none."""
        first = [
            next(
                (
                    step
                    for step in self.done
                    if wanted(step)
                    and flag.pk in step.flags
                    and step.at >= flag.raised_at
                ),
                None,
            )
            for flag in self.open or self.flags
        ]
        seen = [step for step in first if step is not None]
        if not seen or len(seen) < len(first):
            return None
        return max(seen, key=lambda step: step.at)

    def calls(self) -> tuple[Done, ...]:
        """Every attempt to reach the patient."""
        return tuple(step for step in self.done if step.kind == FollowUpKind.CONTACTED)


def followed(
    patient: Patient,
    *,
    since: Iterable[UUID] = (),
    closed_after: datetime | None = None,
) -> Followed:
    """All open flags of a patient, those of `since`, and those closed after a moment.

    Two queries. `newest_log` of a flag is the last log that spoke for it, if any did;
    `moved_to` the newest time that was promised after one had passed.
    """
    spoke = Finding.objects.filter(flag=OuterRef("pk"), log__isnull=False).order_by(
        "-at"
    )
    own = Flag.objects.filter(
        clinic=patient.clinic_id,
        treatment__patient=patient,
        treatment__voided_at__isnull=True,
    )
    wanted = own.open() | own.filter(pk__in=list(since))
    if closed_after is not None:
        wanted |= own.filter(review__at__gte=closed_after)
    flags = wanted.select_related("review__by", "treatment").order_by("opened_at")
    newest = Subquery(spoke.values("log")[:1], output_field=UUIDField())
    moved = MovedPromise.objects.filter(
        flag=OuterRef("pk"), at__gte=OuterRef("raised_at")
    )
    moved_to = Subquery(moved.order_by("-missed_at").values("next_at")[:1])
    found = tuple(flags.annotate(newest_log=newest, moved_to=moved_to))
    return Followed(found, _done(found) if found else ())


def _done(flags: tuple[Flag, ...]) -> tuple[Done, ...]:
    """Each step with the flags it was about: one query for all."""
    rows = list(
        FollowUp.objects.filter(
            clinic=flags[0].clinic_id, flags__in=flags, undone_at__isnull=True
        )
        .order_by("at", "id")
        .values_list("pk", "kind", "by__name", "at", "result", "flags")
    )
    about: dict[UUID, set[UUID]] = {}
    for key, *_, flag in rows:
        about.setdefault(key, set()).add(flag)
    steps = {
        key: Done(kind, by, at, frozenset(about[key]), result or "")
        for key, kind, by, at, result, _ in rows
    }
    return tuple(steps.values())
