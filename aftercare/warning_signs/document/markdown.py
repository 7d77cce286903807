"""The few forms of Markdown that the page needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def section(title: str, *blocks: str, depth: int = 2) -> str:
    """A heading and its blocks, each apart by a blank line."""
    return "\n\n".join(
        (f"{'#' * depth} {title}", *(block for block in blocks if block))
    )


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [_row(head), _row(["---"] * len(head)), *map(_row, rows)]
    return "\n".join(lines)


def bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in cells)} |"
