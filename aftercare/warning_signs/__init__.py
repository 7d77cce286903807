"""The clinical rules as plain typed Python: no Django, no clock, no database.

`facts` says what is known, `rules` says what it means, `assessment` puts the two
together. Everything above this folder calls it; it calls nothing above itself.
"""
