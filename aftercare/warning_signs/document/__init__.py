"""The rules as a page for a clinical lead, written from the code that runs.

What is printed is what is executed: the page is generated, and a test fails when it and
the code differ.
"""

from .page import warning_signs_page

__all__ = ["warning_signs_page"]
