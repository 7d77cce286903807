"""The house that takes a database that went away for its own mistake, and answers 500.

For the control of `benchmarks.durability`, which must notice.
"""

from __future__ import annotations

from aftercare import (
    problems,
    wsgi,  # sets Django up
)

problems.is_outage = lambda _: False
application = wsgi.application
