"""Settings, read from the environment and from `.env` (see `.env.example`).

A bare checkout is a development copy on this machine: SQLite, no demo, no debug pages.
`ENV=production` turns on everything a clinic needs and refuses to start half set up.
"""

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from aftercare.databases import configured
from aftercare.environment import BASE_DIR, DEMO, PRODUCTION, env
from aftercare.message_settings import *  # noqa: F403
from aftercare.message_settings import EMAIL_HOST, SITE_URL

# --- Which house is this? -------------------------------------------------------------

DEBUG = env.bool("DEBUG", False)
SERVING = env.bool("SERVING", False)  # set by wsgi.py: a request is waiting
ALLOW_SQLITE = env.bool("ALLOW_SQLITE", False)

SECRET_KEY = env.str("SECRET_KEY", "")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

DATABASE_URL = env.str("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}")
DATABASES = {
    "default": configured(env.db_url_config(DATABASE_URL), serving=SERVING),
}
USES_SQLITE = "sqlite" in DATABASES["default"]["ENGINE"]
ROW_LEVEL_SECURITY = env.bool("ROW_LEVEL_SECURITY", False)  # see aftercare.second_wall

if PRODUCTION:
    refusals = {
        "SECRET_KEY is not set: set it to 50 or more random characters.": (
            not SECRET_KEY
        ),
        "ALLOWED_HOSTS is not set: set it to the host names people will type, "
        "separated by commas.": not ALLOWED_HOSTS,
        "SITE_URL is not set: set it to the address people type, for example "
        "https://aftercare.example.org; links in messages begin with it.": (
            not SITE_URL.startswith("https://")
        ),
        "EMAIL_HOST is not set: set it to the mail server that takes invitations "
        "and codes.": not EMAIL_HOST,
        "DEMO=1 lets anyone sign in as anyone: unset DEMO, or unset ENV=production "
        "to run the demo.": DEMO,
        "DEBUG=1 shows health data on error pages: unset DEBUG.": DEBUG,
        "SQLite is for the demo: set DATABASE_URL=postgres://… or, if you know why, "
        "ALLOW_SQLITE=1.": USES_SQLITE and not ALLOW_SQLITE,
        "ROW_LEVEL_SECURITY=1 needs PostgreSQL: unset ROW_LEVEL_SECURITY.": (
            USES_SQLITE and ROW_LEVEL_SECURITY
        ),
    }
    for sentence, refused in refusals.items():
        if refused:
            raise ImproperlyConfigured(sentence)
else:
    # Known to everyone, hence the name that `check --deploy` complains about; without
    # ALLOWED_HOSTS such a copy answers to this machine's own names only.
    SECRET_KEY = SECRET_KEY or "django-insecure-development-copy-on-this-machine-only"
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]

# --- The house ------------------------------------------------------------------------

INSTALLED_APPS = [
    "aftercare",
    "clinic",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    # The first three put headers on every answer, a static file and a refusal as well.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "aftercare.middleware.PageHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "aftercare.middleware.ReadableRequests",
    "aftercare.middleware.DatabaseOutage",
    "aftercare.middleware.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "aftercare.turned_away.SignedInOnly",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "aftercare.people.PersonMiddleware",
    "aftercare.turned_away.NothingWhileHeld",
    "aftercare.noting.NoteReading",
]

ROOT_URLCONF = "aftercare.urls"
WSGI_APPLICATION = "aftercare.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "aftercare.context.house",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["aftercare"]
CRISPY_TEMPLATE_PACK = "aftercare"
CRISPY_FAIL_SILENTLY = False  # a form that cannot be drawn must not come out empty

# --- People ---------------------------------------------------------------------------

AUTH_USER_MODEL = "aftercare.Login"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

# Staff: see docs/adr/0012-staff-sign-in.md. Patients never come by this way.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "aftercare.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # a link to the address is how staff got in
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = (
    "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105  a name
)
PASSWORD_RESET_TIMEOUT = 60 * 60
ACCOUNT_FORMS = {
    "login": "aftercare.forms.account.SignInForm",
    "change_password": "aftercare.forms.account.ChangePasswordForm",
    "reset_password": "aftercare.forms.account.ForgottenForm",
    "reset_password_from_key": "aftercare.forms.account.NewPasswordForm",
    "reauthenticate": "aftercare.forms.account.ConfirmForm",
}
# Fast enough for a tired nurse, far too slow for a list of passwords. How many in a row
# is in aftercare/tries.py.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/m/ip,5/5m/key",
    # A patient's way back in: codes sent, and codes and birth dates tried.
    "patient_code": "30/10m/ip,5/10m/key",
    "patient_proof": "60/10m/ip",
}
MFA_ADAPTER = "aftercare.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Aftercare"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_FORMS = {
    "authenticate": "aftercare.forms.factors.CodeForm",
    "reauthenticate": "aftercare.forms.factors.ConfirmCodeForm",
    "activate_totp": "aftercare.forms.factors.AppForm",
    "deactivate_totp": "aftercare.forms.factors.RemoveAppForm",
    "add_webauthn": "aftercare.forms.factors.PasskeyForm",
    "edit_webauthn": "aftercare.forms.factors.RenameForm",
    "generate_recovery_codes": "aftercare.forms.factors.NewCodesForm",
}

# Seconds. A patient's session says itself when it ends, a staff member's has two limits
# more: see aftercare/sessions.py.
SESSION_COOKIE_AGE = 12 * 60 * 60

# On the server: in a cookie, a name would stay on a computer that others use.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# NIST SP 800-63B-4, 3.1.1.2: a password that stands alone has 15 characters or more,
# is not on a list of common ones, and follows no rules of composition.
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator"},
]

# Counts tries and codes that were used, for all web servers together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "aftercare_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

# --- What leaves the server -----------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "aftercare.problems.wrong_token"

if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # The prefix makes the browser refuse a cookie of that name from a sub-domain.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    if env.bool("BEHIND_PROXY", False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        ALLAUTH_TRUSTED_PROXY_COUNT = 1

# --- What comes in --------------------------------------------------------------------

# The longest log is a few kilobytes and has about a hundred fields. No page takes files.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
DATA_UPLOAD_MAX_NUMBER_FILES = 0

# --- Static files ---------------------------------------------------------------------

# Joined and hashed needs `collectstatic` first; otherwise each file is served as it is.
JOIN_STATIC = env.bool("JOIN_STATIC", PRODUCTION)
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": (
            "aftercare.staticfiles.JoinedManifestStorage"
            if JOIN_STATIC
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        ),
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not JOIN_STATIC
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else draws with our files

# --- Time and words -------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "UTC"  # every page shows the clinic's own zone

# --- Logs of the program --------------------------------------------------------------

# They may be read by people who may not read health data: see aftercare/logs.py.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "aftercare.logs.PlainFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "WARNING")},
    "loggers": {
        "django": {"handlers": [], "level": "NOTSET", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "aftercare": {"level": "INFO"},
    },
}
