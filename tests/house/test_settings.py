"""A production start refuses whatever would harm a patient, in one sentence each."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware

from aftercare.turned_away import SignedInOnly

from .programs import PRODUCTION, ROOT, manage, run_python

REFUSALS = {
    "without a secret key": ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
    "without host names": ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is not set"),
    "without its own address": ({"SITE_URL": ""}, "SITE_URL is not set"),
    "with links in the clear": ({"SITE_URL": "http://a.example"}, "SITE_URL is not"),
    "without a mail server": ({"EMAIL_HOST": ""}, "EMAIL_HOST is not set"),
    "with half a secret way to it": ({"EMAIL_SECURITY": "ssl"}, "EMAIL_SECURITY must"),
    "with a gateway that is no web address": ({"SMS_URL": "file:///x"}, "SMS_URL must"),
    "with texts in addresses": ({"SMS_METHOD": "GET"}, "SMS_METHOD must be POST"),
    "with unknown fields": ({"SMS_FORMAT": "xml"}, "SMS_FORMAT must be json or form"),
    "as a demo": ({"DEMO": "1"}, "DEMO=1 lets anyone sign in as anyone"),
    "with debug pages": ({"DEBUG": "1"}, "DEBUG=1 shows health data"),
    "on SQLite": ({"DATABASE_URL": "sqlite:///x.sqlite3"}, "SQLite is for the demo"),
}


@pytest.mark.parametrize(("change", "sentence"), REFUSALS.values(), ids=REFUSALS)
def test_production_does_not_start(change, sentence):
    done = manage("check", **(PRODUCTION | change))
    assert done.returncode == 1
    assert done.stderr.startswith(f"aftercare: {sentence}")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("change", [{"SECRET_KEY": ""}, {"DEMO": "1"}])
def test_a_web_server_does_not_start_either(change):
    done = run_python("-c", "import aftercare.wsgi", **(PRODUCTION | change))
    assert done.returncode == 1
    assert "ImproperlyConfigured" in done.stderr.splitlines()[-1]


def test_production_starts_once_everything_is_set():
    done = run_python("-c", "import aftercare.wsgi", **PRODUCTION)
    assert done.returncode == 0, done.stderr


def test_an_operator_may_insist_on_sqlite():
    insisting = {"DATABASE_URL": "sqlite:///x.sqlite3", "ALLOW_SQLITE": "1"}
    assert manage("check", **(PRODUCTION | insisting)).returncode == 0


def test_an_unsigned_protocol_is_the_only_finding_before_a_deployment():
    done = manage("check", "--deploy", **PRODUCTION)
    assert re.findall(r"\((\w+\.\w\d+)\)", done.stderr) == ["aftercare.E001"]
    assert done.returncode == 1


def test_a_bare_checkout_answers_to_this_machine_only():
    done = run_python(
        "-c", "from aftercare.settings import *; print(ALLOWED_HOSTS, DEBUG, DEMO)"
    )
    assert done.stdout.strip() == "['localhost', '127.0.0.1', '[::1]'] False False"


def sent_to(**environment):
    """Where messages go, and what links in them begin with."""
    asked = "from aftercare.settings import *; print(MESSAGE_FOLDER, SITE_URL)"
    return run_python("-c", asked, **environment).stdout.strip()


def test_a_bare_checkout_and_the_demo_send_nothing():
    server = {"EMAIL_HOST": "mail.example.org"}
    assert sent_to().endswith("/var/messages http://127.0.0.1:8000")
    assert sent_to(DEMO="1", **server).endswith("/var/messages http://127.0.0.1:8000")
    assert sent_to(SITE_URL="http://a:1/", **server) == "http://a:1"
    assert sent_to(**PRODUCTION) == "https://aftercare.example.org"


def test_the_example_of_settings_is_read_as_it_stands():
    asked = "from aftercare.settings import *; print(SMS_FIELDS['text'], EMAIL_PORT)"
    example = {"ENV_FILE": str(ROOT / ".env.example"), "SECRET_KEY": "x" * 50}
    done = run_python("-c", asked, **example)
    assert done.stdout.strip() == "{body} 587", done.stderr


def test_cookies_of_production_belong_to_one_host_over_tls():
    done = run_python(
        "-c",
        "from aftercare.settings import *;"
        "print(SESSION_COOKIE_NAME, SESSION_COOKIE_SECURE);"
        "print(CSRF_COOKIE_NAME, CSRF_COOKIE_SECURE)",
        **PRODUCTION,
    )
    assert done.stdout.split() == [
        "__Host-sessionid",
        "True",
        "__Host-csrftoken",
        "True",
    ]


def test_a_page_is_behind_the_sign_in_unless_it_says_otherwise():
    assert "aftercare.turned_away.SignedInOnly" in settings.MIDDLEWARE
    assert issubclass(SignedInOnly, LoginRequiredMiddleware)
