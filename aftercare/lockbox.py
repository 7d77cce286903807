"""Secrets that have to be read again, locked with SECRET_KEY: those of second factors.

A stolen backup of the database then makes nobody's codes. Unlike a session, a locked
secret outlives the key of its day: it is locked anew with each sign-in, and opens with
any of SECRET_KEY_FALLBACKS until then.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from contextlib import suppress
from hashlib import sha256

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from aftercare.models import Login

PURPOSE = b"aftercare.lockbox:"
KEPT_AS = ("secret", "seed")


def locked(text: str) -> str:
    """The text, readable with our key only."""
    return _keys().encrypt(text.encode()).decode()


class Stuck(Exception):
    """No key that we have opens it: SECRET_KEY was changed and the old one taken away."""


def opened(text: str) -> str:
    """The text again."""
    try:
        return _keys().decrypt(text.encode()).decode()
    except InvalidToken as wrong_key:
        raise Stuck from wrong_key


def keep_under_newest_key(login: Login) -> None:
    """Whatever of a login is still locked with an older key, and opens with that."""
    for factor in Authenticator.objects.filter(user_id=login.pk):
        old = {
            name: text
            for name, text in factor.data.items()
            if name in KEPT_AS and not _opens_with_newest(text)
        }
        if not old:
            continue
        with suppress(Stuck):
            factor.data |= {name: locked(opened(text)) for name, text in old.items()}
            factor.save(update_fields=["data"])


def _opens_with_newest(text: str) -> bool:
    try:
        _fernet(settings.SECRET_KEY).decrypt(text.encode())
    except InvalidToken:
        return False
    return True


def _keys() -> MultiFernet:
    return MultiFernet(
        map(_fernet, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
    )


def _fernet(secret_key: str) -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(PURPOSE + secret_key.encode()).digest()))
