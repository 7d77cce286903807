"""How messages leave the house, as part of `aftercare.settings`: see `.env.example`."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from aftercare.environment import BASE_DIR, DEMO, PRODUCTION, env

# What links in messages begin with. Production refuses to guess it.
SITE_URL = env.str("SITE_URL", "").rstrip("/")
if not PRODUCTION:
    SITE_URL = SITE_URL or "http://127.0.0.1:8000"
SITE_HOST = urlsplit(SITE_URL).hostname

# --- Mail -----------------------------------------------------------------------------

EMAIL_BACKEND = "aftercare.messages.backend.OutboxBackend"
DEFAULT_FROM_EMAIL = env.str("MESSAGES_FROM", "") or f"no-reply@{SITE_HOST}"
EMAIL_HOST = env.str("EMAIL_HOST", "")
EMAIL_PORT = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_PASSWORD", "")
EMAIL_SECURITY = env.str("EMAIL_SECURITY", "starttls")
EMAIL_USE_TLS = EMAIL_SECURITY == "starttls"
EMAIL_USE_SSL = EMAIL_SECURITY == "tls"
EMAIL_TIMEOUT = env.float("EMAIL_TIMEOUT", 10)

# --- Text messages --------------------------------------------------------------------

SMS_URL = env.str("SMS_URL", "")
SMS_METHOD = env.str("SMS_METHOD", "POST")
SMS_FORMAT = env.str("SMS_FORMAT", "json")
SMS_FIELDS = env.json(
    "SMS_FIELDS", {"to": "{to}", "text": "{body}", "reference": "{id}"}
)
SMS_AUTHORIZATION = env.str("SMS_AUTHORIZATION", "")
SMS_TIMEOUT = env.float("SMS_TIMEOUT", 10)

# --- A folder instead -----------------------------------------------------------------

# The demo sends nothing at all, whatever else is set.
MESSAGE_FOLDER = env.str("MESSAGE_FOLDER", "")
if not MESSAGE_FOLDER and (DEMO or not EMAIL_HOST):
    MESSAGE_FOLDER = str(BASE_DIR / "var" / "messages")

nonsense = {
    "EMAIL_SECURITY must be starttls, tls or none.": (
        EMAIL_SECURITY not in {"starttls", "tls", "none"}
    ),
    "SMS_URL must start with https:// or http://.": (
        bool(SMS_URL) and not SMS_URL.startswith(("https://", "http://"))
    ),
    "SMS_METHOD must be POST or PUT: addresses end up in logs.": (
        SMS_METHOD not in {"POST", "PUT"}
    ),
    "SMS_FORMAT must be json or form.": SMS_FORMAT not in {"json", "form"},
}
for sentence, wrong in nonsense.items():
    if wrong:
        raise ImproperlyConfigured(sentence)
