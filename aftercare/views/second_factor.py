"""The pages around a second factor, and who may open them.

Each is loaded when somebody first opens it: what passkeys stand on takes a tenth of the
time of a start, and no patient needs it.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

from aftercare.sessions import Hold

from .own_account import View, for_everybody, own_account


def late(name: str) -> View:
    """The page of this name, once somebody opens it; a test opens them all."""

    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        loaded: View = import_string(page.late)
        return loaded(request, *args, **kwargs)

    page.late = f"{__package__}.{name}"
    return page


# Signing in
show_factor = for_everybody(late("second_step.show_factor"))
passkey_sign_in = for_everybody(late("second_step.passkey_sign_in"))

# Asked again
LOCKED_OUT = (Hold.CHALLENGE, Hold.LOCKED)
unlock = own_account(late("confirm.to_quickest"), *LOCKED_OUT)
confirm = own_account(late("confirm.by_password"), Hold.SET_UP, Hold.LOCKED)
confirm_by_code = own_account(late("confirm.by_code"), *LOCKED_OUT)
confirm_by_passkey = own_account(late("confirm.by_passkey"), *LOCKED_OUT)

# Looking after one's own
second_factor = own_account(late("factors.second_factor"), Hold.SET_UP)
add_app = own_account(late("factors.add_app"), Hold.SET_UP)
remove_app = own_account(late("factors.remove_app"))
recovery_codes = own_account(late("factors.recovery_codes"))
new_recovery_codes = own_account(late("factors.new_recovery_codes"))
all_passkeys = own_account(late("passkeys.all_passkeys"))
add_passkey = own_account(late("passkeys.add_passkey"), Hold.SET_UP)
rename_passkey = own_account(late("passkeys.rename_passkey"))
remove_passkey = own_account(late("passkeys.remove_passkey"))
