"""The program's own log holds no word about anyone's health."""

import logging

from aftercare.logs import PlainFormatter


def written(message, error=None):
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("django", 40, "f.py", 1, message, (), info)
    return PlainFormatter().format(record)


def raised(error):
    """The error with a stack, as a handler finds it."""
    try:
        raise error
    except type(error) as caught:
        return caught


def test_an_error_shows_its_kind_and_place_but_not_what_it_quotes():
    text = written(
        "Internal Server Error: /log", raised(ValueError("Row (Maya, fever)"))
    )
    assert "builtins.ValueError" in text
    assert "test_logs.py" in text
    assert "Maya" not in text


def test_the_cause_of_an_error_is_shown_in_the_same_way():
    error = RuntimeError("Maya")
    error.__cause__ = KeyError("Maya")
    text = written("failed", error)
    assert text.index("builtins.KeyError") < text.index("builtins.RuntimeError")
    assert "Maya" not in text


def test_what_was_searched_for_is_left_out():
    text = written('"GET /clinic/patients?q=Maya+Lind HTTP/1.1" 200')
    assert "GET /clinic/patients?… HTTP/1.1" in text
    assert "Maya" not in text


def test_a_link_that_lets_somebody_in_is_left_out():
    token = "k3yT0ken_of-forty-three-letters-and-numbers1"
    for path in (f"/i/{token}/", f"/i/{token}", f"/account/join/{token}/"):
        text = written(f'"GET {path} HTTP/1.1" 200')
        assert token not in text
        assert "/… HTTP/1.1" in text or "/…/ HTTP/1.1" in text


def test_the_key_of_a_row_and_plain_words_stay():
    path = "/log/01a20ce5-6115-7d47-8821-8641b1c207a6/retract/"
    assert path in written(f'"GET {path} HTTP/1.1" 200')
