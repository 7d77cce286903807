"""The addresses of signing in and of one's own login.

The names are the sign-in library's own, which looks them up. What it offers and we do not
leads nowhere.
"""

from django.urls import path, register_converter

from aftercare.views import account, devices, sign_in
from aftercare.views import second_factor as factor


class Key:
    """One half of a link in an e-mail: letters and digits."""

    regex = "[0-9A-Za-z]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Key, "key")

NOT_OFFERED = ("account_signup", "account_set_password", "account_inactive")

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/code/", factor.show_factor, name="mfa_authenticate"),
    path("sign-in/passkey/", factor.passkey_sign_in, name="mfa_login_webauthn"),
    path("sign-out/", account.sign_out, name="sign_out"),
    path("sign-out/", account.sign_out, name="account_logout"),
    # A forgotten password
    path("password/", sign_in.forgotten, name="account_reset_password"),
    path("password/sent/", sign_in.forgotten_sent, name="account_reset_password_done"),
    path(
        "password/set/",
        sign_in.new_password_set,
        name="account_reset_password_from_key_done",
    ),
    path(
        "password/<key:uidb36>-<str:key>/",
        sign_in.new_password,
        name="account_reset_password_from_key",
    ),
    # One's own login
    path("account/", account.account, name="account"),
    path("account/clinic/", account.clinic, name="go_to_clinic"),
    path("account/awake/", account.awake, name="awake"),
    path("account/unlock/", factor.unlock, name="unlock"),
    path("account/confirm/", factor.confirm, name="account_reauthenticate"),
    path("account/confirm/code/", factor.confirm_by_code, name="mfa_reauthenticate"),
    path(
        "account/confirm/passkey/",
        factor.confirm_by_passkey,
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/password/", account.password, name="account_change_password"),
    path("account/devices/", devices.all_devices, name="usersessions_list"),
    path("account/second-factor/", factor.second_factor, name="mfa_index"),
    path("account/second-factor/app/", factor.add_app, name="mfa_activate_totp"),
    path(
        "account/second-factor/app/remove/",
        factor.remove_app,
        name="mfa_deactivate_totp",
    ),
    path(
        "account/recovery-codes/",
        factor.recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/recovery-codes/new/",
        factor.new_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("account/passkeys/", factor.all_passkeys, name="mfa_list_webauthn"),
    path("account/passkeys/new/", factor.add_passkey, name="mfa_add_webauthn"),
    path(
        "account/passkeys/<int:pk>/",
        factor.rename_passkey,
        name="mfa_edit_webauthn",
    ),
    path(
        "account/passkeys/<int:pk>/remove/",
        factor.remove_passkey,
        name="mfa_remove_webauthn",
    ),
    *(path("account/nothing/", sign_in.nothing, name=name) for name in NOT_OFFERED),
]
