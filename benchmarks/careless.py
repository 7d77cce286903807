"""The house with one door left open: a log that is sent again is stored again.

For the control of `benchmarks.durability`, which must notice. It serves only a database
without the key's constraint, which would refuse the copy otherwise.
"""

from __future__ import annotations

from aftercare import wsgi  # first: it sets Django up
from aftercare.services import submit_log


def never_sent_before(*_: object) -> None:
    """Takes every sending for the first one."""


submit_log.sent_before = never_sent_before
application = wsgi.application
