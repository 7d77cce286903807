"""Script, markup and formulas in every text of a clinic's record, and how they come out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.db import DatabaseError, connection, models, transaction
from django.http import HttpResponse

from aftercare.models import Clinic

from .people import whole
from .two_clinics import House
from .untouched import tenant_models

MARK = "xss1337"
PAYLOAD = (
    f"\"'><{MARK} on{MARK}=1></title></textarea></script><script>{MARK}</script>"
    "{{7*7}}"
)
FORMULA = "="
EVALUATED = f"</script>{49}"
DANGEROUS = tuple("=+-@\t\r")
OWN_WORD = re.compile(r"zq[ab]\w+")


def plant(house: House) -> set[str]:
    """Puts it into every column that holds a text of somebody's own; which those are.

    What the database does not let anybody change is written by `tests/house/two_clinics`
    and shows on the same pages as the rest.
    """
    planted: set[str] = set()
    for model in [*tenant_models(), Clinic]:
        mine = {"pk": house.clinic.pk} if model is Clinic else {"clinic": house.clinic}
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField):
                planted |= set(_plant_in(model, field, mine))
    return planted


def _plant_in(
    model: type[models.Model], field: models.Field, mine: dict[str, object]
) -> Iterator[str]:
    for row in model._base_manager.filter(**mine):
        text = getattr(row, field.name)
        if not isinstance(text, str) or not OWN_WORD.search(text):
            continue
        if model._meta.model_name == "outgoingmessage":
            continue
        new = f"{FORMULA}{text}{PAYLOAD}"[: field.max_length]
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                table, column = model._meta.db_table, field.column
                sql = f'UPDATE "{table}" SET "{column}" = %s WHERE "{model._meta.pk.column}" = %s'
                key = model._meta.pk.get_db_prep_value(row.pk, connection)
                cursor.execute(sql, [new, key])
        except DatabaseError:  # a seal, or a rule about what may stand there
            continue
        yield f"{model.__name__}.{field.name}"


class Drawn(HTMLParser):
    """What a browser would make of a page: its strange tags, attributes and links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.strange: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: (value or "").strip().lower() for name, value in attrs}
        if tag == MARK or (tag == "script" and "src" not in at):
            self.strange.append(f"<{tag}>")
        self.strange += [f"{tag} {name}" for name in at if name.startswith("on")]
        for name in ("href", "src", "action", "formaction"):
            if at.get(name, "").startswith(("javascript:", "vbscript:", "data:text")):
                self.strange.append(f"{tag} {name}={at[name]}")


def comes_out(answer: HttpResponse) -> Iterator[str]:
    """Where what was planted takes effect in an answer."""
    kind, text = answer.get("Content-Type", ""), whole(answer).decode()
    if "html" in kind:
        yield from Drawn(text).strange
        if "49</" in text and "{{7*7}}" not in text and MARK in text:
            yield "is evaluated"
    elif "csv" in kind:
        for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))):
            yield from (cell for cell in row if is_formula(cell))
    elif MARK in text and "json" not in kind:
        yield f"stands in {kind}"
    if any(MARK in str(value) for value in answer.headers.values()):
        yield "stands in a header"


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would reckon with it; a number is one anyway."""
    return cell.startswith(DANGEROUS) and not re.fullmatch(r"-?\d+(\.\d+)?", cell)
