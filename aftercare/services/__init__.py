"""The verbs: each is one transaction that also writes who did it.

Nothing else in the project changes the record. Every verb that touches logs or flags
locks the treatment's row first, so two of them never wait for each other in a circle.
"""
