"""Answers that are sent while they are read: a file of any length needs little memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from aftercare.showing.export.as_page import Part

BLOCK = 16 * 1024
HERE = "<!-- here -->"


def file_of(pieces: Iterable[bytes], name: str, kind: str) -> StreamingHttpResponse:
    """A file to be kept. Its name says nothing about anybody."""
    answer = StreamingHttpResponse(in_blocks(pieces), content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def page_of(
    request: HttpRequest, template: str, facts: dict[str, object], parts: Iterable[Part]
) -> StreamingHttpResponse:
    """A page whose parts are drawn one after the other, where it says `{{ here }}`."""
    here = mark_safe(HERE)  # noqa: S308  our own mark
    frame = render_to_string(template, {**facts, "here": here}, request)
    before, _, after = frame.partition(HERE)
    return StreamingHttpResponse(in_blocks(_drawn(before, parts, after)))


def in_blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Small pieces put together: each block is compressed and sent by itself."""
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) >= BLOCK:
            yield bytes(held)
            held.clear()
    yield bytes(held)


def _drawn(before: str, parts: Iterable[Part], after: str) -> Iterator[bytes]:
    yield before.encode()
    for part in parts:
        yield render_to_string(part.template, part.facts).encode()
    yield after.encode()
