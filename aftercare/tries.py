"""How often in a row somebody was wrong about a secret, and when that is enough.

The limits on how *fast* anybody may guess are the sign-in library's. This one is on how
often: after a hundred wrong answers in a row a password or a code is of no more use
until a new password was set by e-mail (NIST SP 800-63B-4, 3.2.2). It is counted by what
was typed, whether or not there is such an account.
"""

from __future__ import annotations

from hashlib import sha256
from uuid import uuid4

from django.core.cache import cache

MOST_IN_A_ROW = 100
REMEMBERED_S = 365 * 24 * 60 * 60


def spent(secret: str, of: str) -> bool:
    """Whether nobody may try any more."""
    return int(cache.get(_key(secret, of), 0)) >= MOST_IN_A_ROW


def was_wrong(secret: str, of: str) -> None:
    """One more wrong answer."""
    key = _key(secret, of)
    cache.set(key, int(cache.get(key, 0)) + 1, REMEMBERED_S)


def was_right(*secrets: str, of: str) -> None:
    """The row of wrong answers has ended."""
    cache.delete_many([_key(secret, of) for secret in secrets])


def can_be_counted() -> bool:
    """Whether what is counted is kept.

    The cache swallows that there is no room to write, and its limits then take every try
    for one too many.
    """
    key = f"tries:written:{uuid4().hex}"
    cache.set(key, 1, timeout=60)
    kept: bool = cache.get(key) == 1
    cache.delete(key)
    return kept


def _key(secret: str, of: str) -> str:
    """Addresses stand in no key: the cache is read by more people than the record."""
    return f"tries:{secret}:{sha256(of.lower().encode()).hexdigest()}"
