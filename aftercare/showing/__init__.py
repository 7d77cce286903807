"""What pages show of the record, put together once for patients and staff alike.

Nothing here changes a row, and nothing here draws: words, series and steps go out.
"""
