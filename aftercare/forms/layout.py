"""How our forms are laid out: cards of questions, tiles that open, disclosures.

A layout keeps the names of all its fields in `fields`, so that a test can ask whether
a form shows everything that it takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from crispy_forms.layout import Div, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

Part: TypeAlias = str | LayoutObject


class Questions(Div):
    """A card of questions under each other."""

    css_class = "qs"


class SignTiles(LayoutObject):
    """The warning signs as tiles; a ticked tile opens its own questions under it.

    `details` names the fields behind each tile, by the tile's value.
    """

    template = "%s/layout/sign_tiles.html"

    def __init__(self, signs: str, details: Mapping[str, Sequence[Part]]) -> None:
        self.signs = signs
        self.details = dict(details)
        self.fields = [signs, *(part for parts in details.values() for part in parts)]

    def render(
        self,
        form: Any,
        context: Context,
        template_pack: str = TEMPLATE_PACK,
        **kwargs: Any,
    ) -> SafeString:
        field = form[self.signs]
        form.rendered_fields.add(self.signs)
        tiles = []
        for option in field.subwidgets:
            parts = self.details.get(str(option.data["value"]), ())
            details = "".join(
                render_field(part, form, context, template_pack=template_pack, **kwargs)
                for part in parts
            )
            tiles.append((option.data, mark_safe(details)))  # noqa: S308 rendered above
        template = self.get_template_name(template_pack)
        facts: Any = {**context.flatten(), "field": field, "tiles": tiles}
        return render_to_string(template, facts)


class Disclosure(LayoutObject):
    """Questions that only some need, closed until one of them is answered or wrong."""

    template = "%s/layout/disclosure.html"

    def __init__(self, summary: str, *fields: Part) -> None:
        self.summary = summary
        self.fields = list(fields)

    def render(
        self,
        form: Any,
        context: Context,
        template_pack: str = TEMPLATE_PACK,
        **kwargs: Any,
    ) -> SafeString:
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        names = [pointer.name for pointer in self.get_field_names()]
        opened = any(form[name].errors or form[name].value() for name in names)
        template = self.get_template_name(template_pack)
        facts: Any = context.flatten()
        facts |= {"disclosure": self, "fields": fields, "open": opened}
        return render_to_string(template, facts)
