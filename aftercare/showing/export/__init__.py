"""A patient's record as a file: JSON for machines, CSV for a spreadsheet, a page to read.

`kinds` says what stands in it, worked out from the models; docs/record-format.md is for
those who read such a file.
"""
