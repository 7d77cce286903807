"""A claimed message holds all that sending it reads."""

from __future__ import annotations

import pytest

from aftercare.messages.folder import FolderChannel
from aftercare.messages.smtp import letter
from aftercare.services.claim_messages import claim
from tests.aftercare.post import EMAIL, Clock, postman, put, raising
from tests.builders import MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def claimed():
    put()
    [message] = claim([EMAIL], MONDAY, 10)
    return message


def test_nothing_is_read_to_write_a_mail(claimed, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert letter(claimed).subject


def test_nothing_is_read_to_write_a_file(claimed, tmp_path, django_assert_num_queries):
    with django_assert_num_queries(0):
        FolderChannel(tmp_path).send(claimed)


def test_a_failure_is_noted_in_one_statement(django_assert_max_num_queries):
    put()

    class Closed:
        send = staticmethod(raising(OSError("closed")))

        def close(self) -> None:
            """Nothing was open."""

    look, claimed, noted = 1, 4, 1  # a claim: its savepoint, rows, lease, end
    with django_assert_max_num_queries(look + claimed + noted):
        assert postman(Closed(), Clock()).send_batch().failed == 1
