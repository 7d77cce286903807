"""The patient's pages: each view translates, and makes one call."""
