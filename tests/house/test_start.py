"""What a web server loads before the first request, and what it leaves for later."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from tests.house.programs import modules, run_python

# What a second factor stands on, and what only the worker sends with.
LARGE = {"cryptography", "fido2", "qrcode", "smtplib", "urllib.request"}


def pages(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from pages(pattern)
        else:
            yield pattern


@pytest.mark.parametrize("name", modules())
def test_every_module_of_ours_can_be_loaded(name):
    import_module(name)


def test_pages_that_are_loaded_late_are_there_and_say_who_may_open_them():
    late = [page for page in pages(get_resolver()) if hasattr(page.callback, "late")]
    assert "mfa_index" in {page.name for page in late}
    for page in late:
        assert callable(import_string(page.callback.late))
        assert hasattr(page.callback, "login_required")


def test_a_start_leaves_for_later_what_is_large_and_seldom_needed():
    done = run_python("-c", "import aftercare.wsgi, sys; print(*sys.modules)")
    loaded = set(done.stdout.split())
    assert "aftercare" in loaded
    assert not loaded & LARGE


def test_a_page_that_cannot_be_loaded_ends_the_start():
    broken = "import sys; sys.modules['clinic.views.handover'] = None; "
    assert run_python("-c", broken + "import aftercare.wsgi").returncode == 1
