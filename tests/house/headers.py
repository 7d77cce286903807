"""What every answer tells a browser, whatever was asked, by whom, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

NOTHING_KEPT = {
    "no-store",
    "max-age=0, no-cache, no-store, must-revalidate, private",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
SAME_FOR_ALL = {
    "X-Content-Type-Options": {"nosniff"},
    "X-Frame-Options": {"DENY"},
    "Cross-Origin-Opener-Policy": {"same-origin"},
    "Cross-Origin-Resource-Policy": {"same-origin"},
    # A page with a token in its address: see aftercare/views/come_in.py.
    "Referrer-Policy": {"same-origin", "strict-origin"},
}
HSTS = "max-age=31536000; includeSubDomains; preload"


def lacking(
    headers: Mapping[str, str], *, secure: bool, static: bool = False
) -> Iterator[str]:
    """What an answer lacks. A static file may be kept: it says nothing about anybody."""
    yield from weak(headers.get("Content-Security-Policy", ""))
    for name, wanted in SAME_FOR_ALL.items():
        if headers.get(name) not in wanted:
            yield f"{name}: {headers.get(name)}"
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        yield "lends a sensor"
    if not static and headers.get("Cache-Control") not in NOTHING_KEPT:
        yield f"may be kept: {headers.get('Cache-Control')}"
    if secure and headers.get("Strict-Transport-Security") != HSTS:
        yield "may be asked for in the clear"
    if "Access-Control-Allow-Origin" in headers:
        yield "is open to scripts of other sites"


def weak(policy: str) -> Iterator[str]:
    """What a content policy allows that it must not."""
    rules = dict(one.strip().partition(" ")[::2] for one in policy.split(";"))
    for name, wanted in POLICY.items():
        if rules.get(name) != wanted:
            yield f"policy: {name} {rules.get(name)}"
    if "unsafe" in policy or "*" in policy or "http" in policy:
        yield f"policy: {policy}"


def loose(cookie: str) -> Iterator[str]:
    """What is wrong with a cookie of production, as it is sent."""
    name, *said = (part.strip().lower() for part in cookie.split(";"))
    if any(part.startswith("domain") for part in said):
        yield f"{name} is not of this host alone"
    if not name.startswith("__host-" if "path=/" in said else "__secure-"):
        yield f"{name} could come from a sub-domain, or be sent in the clear"
    wanted = {"secure", "httponly"} - ({"httponly"} if "max-age=0" in said else set())
    for missing in sorted(wanted - set(said)):
        yield f"{name} is not {missing}"
    if not {"samesite=lax", "samesite=strict"} & set(said):
        yield f"{name} is sent along from other sites"
