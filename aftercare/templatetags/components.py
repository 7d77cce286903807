"""The parts that pages are built of, one function per component.

`urgency_tag` is a function here, markup in `templates/components/urgency_tag.html` and
style in `static/css/components/tag.css`. A component with a body is a block.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from aftercare import plots
from aftercare.level_words import words_of
from aftercare.warning_signs.vocabulary import Level

from .drawings import drawn

register = template.Library()

Facts = dict[str, Any]


# --- Drawings -------------------------------------------------------------------------


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line icon, for beside a word: `{% icon "phone" %}`."""
    return drawn(name, "icon")


@register.simple_tag
def level_shape(level: Level | int) -> SafeString:
    """The solid shape of a level: circle, rounded square, triangle, octagon."""
    words = words_of(level)
    return drawn(words.shape, f"shape shape--{words.css}")


# --- Levels and states ----------------------------------------------------------------


@register.inclusion_tag("components/urgency_tag.html")
def urgency_tag(level: Level | int, audience: str = "staff") -> Facts:
    """A level as a tag: shape and word. `audience` is "staff" or "patient"."""
    words = words_of(level)
    return {"level": level, "css": words.css, "word": getattr(words, audience)}


@register.simple_tag
def pill(words: str, new: bool = False) -> SafeString:
    """A state in words. `new` makes it the dark one that nobody has seen yet."""
    return format_html(
        '<span class="pill{}">{}</span>', " pill--new" if new else "", words
    )


# --- Boxes with a body ----------------------------------------------------------------


@register.simple_block_tag
def care_card(
    content: str,
    level: Level | int,
    title: str,
    id: str = "care",  # noqa: A002 as in HTML
    line: bool = False,
    plain: bool = False,
) -> str:
    """What to do, at a level. `line` is the smaller card under another.

    `plain` is a card that says nothing about a level, in the house's own colour.
    """
    words = words_of(level)
    facts = {
        "content": content,
        "level": Level(level),
        "word": words.patient,
        "css": "plain" if plain else words.css,
        "plain": plain,
        "title": title,
        "id": id,
        "line": line,
    }
    return render_to_string("components/care_card.html", facts)


@register.simple_block_tag
def card(content: str, title: str = "", id: str = "", css: str = "") -> str:  # noqa: A002
    """A card with its heading."""
    facts = {"content": content, "title": title, "css": css, "id": id or slugify(title)}
    return render_to_string("components/card.html", facts)


@register.simple_block_tag
def note(content: str, name: str = "info", kind: str = "", role: str = "") -> str:
    """A quiet notice. `name` is its icon; `kind` is ok, info, urgent, emerg or offline.

    `role="status"` has it read out when it appears.
    """
    facts = {"content": content, "name": name, "kind": kind, "role": role}
    return render_to_string("components/note.html", facts)


@register.simple_block_tag
def more(content: str, summary: str, plain: bool = False, open: bool = False) -> str:  # noqa: A002
    """A disclosure."""
    facts = {"content": content, "summary": summary, "plain": plain, "open": open}
    return render_to_string("components/more.html", facts)


# --- Telephone ------------------------------------------------------------------------


@register.filter
def tel(number: str) -> str:
    """The address of a telephone number: "020 7946 0311" → "tel:02079460311"."""
    return "tel:" + re.sub(r"[^\d+*#]", "", str(number))


@register.simple_tag
def tel_link(number: str, words: str = "") -> SafeString:
    """A number that dials, in a sentence."""
    return format_html('<a href="{}">{}</a>', tel(number), words or number)


@register.inclusion_tag("components/call_button.html")
def call_button(
    number: str, level: Level | int | None = None, words: str = "", big: bool = False
) -> Facts:
    """A number that dials, as a button in the colour of a level."""
    css = "" if level is None else words_of(level).css
    variant = f"btn--{css}" if css in {"urgent", "emerg"} else ""
    words = words or f"Call {number}"
    return {"number": number, "variant": variant, "words": words, "big": big}


@register.inclusion_tag("components/sos.html", takes_context=True)
def sos(context: Context, words: str = "") -> Facts:
    """The emergency strip, with the clinic's emergency number, or 999."""
    request = context.get("request")
    clinic = context.get("clinic") or getattr(request, "clinic", None)
    number = getattr(clinic, "emergency_number", "") or "999"
    return {"number": number, "words": words}


# --- The course -----------------------------------------------------------------------


@register.inclusion_tag("components/day_strip.html")
def day_strip(today: int, logged: Collection[int], last: int = plots.LAST_DAY) -> Facts:
    """The days of a course, each with its state: logged, missed, today or to come."""
    days = [(day, *_day_state(day, today, logged)) for day in range(last + 1)]
    return {"days": days, "count": last + 1}


def _day_state(day: int, today: int, logged: Collection[int]) -> tuple[str, str]:
    """CSS state and words of a day."""
    if day in logged:
        done = "is-done is-today" if day == today else "is-done"
        return done, "today, logged" if day == today else "logged"
    if day == today:
        return "is-today", "today, not logged yet"
    return ("is-missed", "not logged") if day < today else ("", "to come")


@register.inclusion_tag("components/day_picker.html")
def day_picker(
    days: Iterable[int], today: int | None, current: int, url_name: str
) -> Facts:
    """Days as links. `url_name` is an address that takes the day."""
    links = [(day, reverse(url_name, args=[day])) for day in days]
    return {"links": links, "today": today, "current": current}


@register.inclusion_tag("components/tracker.html")
def tracker(steps: Iterable[Any]) -> Facts:
    """Who has seen it. A step has `words`, `detail` and `state` (done, now, to_come)."""
    return {"steps": steps}


@register.inclusion_tag("components/dolist.html")
def dolist(items: Iterable[str], kind: str = "do") -> Facts:
    """A list of things to do, or with `kind="dont"` not to do."""
    return {"items": items, "kind": kind}


# --- Plots ----------------------------------------------------------------------------


@register.inclusion_tag("components/plot.html")
def plot(series: plots.Series, audience: str = "patient") -> Facts:
    """One symptom over the days, with its whole meaning in words beside it."""
    staff = audience == "staff"
    return {
        "series": series,
        "plot": plots.draw(series, plots.STAFF if staff else plots.PATIENT),
        "gist": plots.gist(series, staff=staff),
        "sentence": plots.sentence(series, staff=staff),
    }


@register.inclusion_tag("components/plot_key.html")
def plot_key(audience: str = "patient", call_line: bool = False) -> Facts:
    """What the marks mean; once for all plots of a page."""
    return {"staff": audience == "staff", "call_line": call_line}


@register.inclusion_tag("components/plot_table.html")
def plot_table(series: Sequence[plots.Series], caption: str = "") -> Facts:
    """The same answers as a table, a row for each day that has any."""
    days = sorted({day for one in series for day in one.values})
    rows = [
        (day, [(one.said(day), one.is_over(day)) for one in series]) for day in days
    ]
    return {"series": series, "rows": rows, "caption": caption}


@register.simple_tag
def spark(levels: Sequence[int]) -> SafeString:
    """The worst level of each of the last logged days; decoration for a row of words."""
    return _drawn(tuple(levels[-plots.SPARK_SLOTS :]))


@lru_cache(maxsize=2048)
def _drawn(levels: tuple[int, ...]) -> SafeString:
    """A queue asks for the same few drawings again and again, row by row."""
    return render_to_string("components/spark.html", {"bars": plots.spark(levels)})


# --- Forms ----------------------------------------------------------------------------


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> Facts:
    """Everything that is wrong with a form, each with a link to where it is put right."""
    problems = [
        (_anchor(form, name), message)
        for name, messages in form.errors.items()
        for message in messages
    ]
    return {"problems": problems}


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The bare input of a field, with our classes.

    The blank placeholder lets the stylesheet see whether anything was typed.
    """
    css = f"input {field.field.widget.attrs.get('class', '')}".strip()
    return field.as_widget(attrs={"class": css, "placeholder": " "})


def _anchor(form: BaseForm, name: str) -> str:
    """The id to go to: the input, or the first input of a group."""
    if name not in form.fields:
        return ""
    field = form[name]
    group = field.use_fieldset or not field.id_for_label
    return f"{field.auto_id}_0" if group else field.id_for_label
