"""The parts of the staff's desk, one function per component; see `components.py`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from aftercare import permissions
from aftercare.level_words import words_of
from aftercare.models import StaffMember
from aftercare.warning_signs.vocabulary import Level

register = template.Library()

Facts = dict[str, Any]


@register.filter
def may(staff: StaffMember, what: str) -> bool:
    """Whether a staff member may: `{% if request.staff|may:"REGISTER" %}`."""
    return permissions.may(staff, permissions.May[what])


@register.inclusion_tag("components/owner.html")
def owner(name: str = "") -> Facts:
    """Initials and name of who looks after it, or "No owner"."""
    parts = str(name or "").split()
    initials = "".join(part[0] for part in (*parts[:1], *parts[1:][-1:])).upper()
    return {"name": name, "initials": initials}


@register.inclusion_tag("components/group_head.html")
def group_head(level: Level | int, promise: str = "") -> Facts:
    """The head of one level of the queue, with what is promised for it."""
    return {"level": level, "word": words_of(level).staff, "promise": promise}


@register.inclusion_tag("components/flag_row.html")
def flag_row(row: Any, open: bool = False) -> Facts:  # noqa: A002
    """One treatment of the queue.

    A row has `key`, `url`, `level`, `name`, `why`, `due`, `due_state` ("late", "soon"
    or ""), `state`, `is_new`, `told`, `day`, `levels` (for the spark) and `owner`.
    """
    level = Level(row.level)
    return {"row": row, "open": open, "level": level, "word": words_of(level).staff}


@register.inclusion_tag("components/reasons.html")
def reasons(items: Iterable[Any]) -> Facts:
    """Why a treatment is flagged: each with `level`, `reason`, and `rule` in small."""
    return {"items": items}


@register.inclusion_tag("components/log_list.html")
def log_list(entries: Iterable[Any]) -> Facts:
    """What happened and when: each with `time`, `iso`, `words` and maybe `detail`."""
    return {"entries": entries}
