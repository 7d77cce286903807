"""Keys that sort by the moment they were made (UUID version 7, RFC 9562).

Rows of one clinic then lie together in its indexes, and a key says nothing about
how many rows there are. Python's own `uuid.uuid7` arrives with 3.14.
"""

import secrets
import time
import uuid


def uuid7() -> uuid.UUID:
    """A new version 7 UUID: 48 bits of Unix milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random_a, random_b = secrets.randbits(12), secrets.randbits(62)
    value = milliseconds << 80 | 0x7 << 76 | random_a << 64 | 0b10 << 62 | random_b
    return uuid.UUID(int=value)
