"""What is noted in the audit by itself: every page of a record, every sign-in.

Services write down what they do. What no service does is noted here.
"""

from .pages import SHOWN, NoteReading, about, is_without_record, shows_no_record

__all__ = ["SHOWN", "NoteReading", "about", "is_without_record", "shows_no_record"]
