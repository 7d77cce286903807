"""Each workload against its peer in the same run: `script/bench`.

Ratios, because machines differ and are shared; the two sides take turns, so that whatever
else the machine does happens to both.
"""
