"""Static files as they are served: hashed, compressed, and one stylesheet.

In development the browser follows the `@import`s of `css/app.css`, one file per
component. `collectstatic` joins them, in their layers, into that one file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/app.css"
FOLDER = "css/"
IMPORT = re.compile(r'@import url\("(?P<file>[\w/-]+\.css)"\) layer\((?P<layer>\w+)\);')
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)

Sources = dict[str, tuple[Storage, str]]
Processed = Iterator[tuple[str, str | None, Any]]


def join(css: str, read: Callable[[str], str]) -> tuple[str, list[str]]:
    """The stylesheet with each import replaced by its file, and the files' names.

    `read` returns the text of a file named relative to the stylesheet.
    """
    files: list[str] = []

    def inline(found: re.Match[str]) -> str:
        files.append(found["file"])
        return f"@layer {found['layer']} {{\n{read(found['file']).strip()}\n}}"

    return COMMENT.sub("", IMPORT.sub(inline, css)), files


class JoinedManifestStorage(CompressedManifestStaticFilesStorage):
    """Joins the layer files into one before names are hashed and files compressed."""

    def post_process(
        self, paths: Sources, dry_run: bool = False, **options: Any
    ) -> Processed:
        if not dry_run and STYLESHEET in paths:
            paths = self._joined(paths)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _joined(self, paths: Sources) -> Sources:
        def read(name: str) -> str:
            storage, path = paths[FOLDER + name]
            with storage.open(path) as file:
                return file.read().decode()

        css, files = join(read("app.css"), read)
        parts = {FOLDER + name for name in files}
        for name in (STYLESHEET, *parts):
            self.delete(name)
        self._save(STYLESHEET, ContentFile(css.encode()))
        memory = InMemoryStorage()
        memory.save(STYLESHEET, ContentFile(css.encode()))
        kept = {name: at for name, at in paths.items() if name not in parts}
        return {**kept, STYLESHEET: (memory, STYLESHEET)}
