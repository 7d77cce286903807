"""The settings of `script/check`: production, with the one finding that only a clinician
can settle left out. A test shows that it is the only one.
"""

from aftercare.settings import *  # noqa: F403

SILENCED_SYSTEM_CHECKS = ["aftercare.E001"]
