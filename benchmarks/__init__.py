"""Ratios against a peer: the same talk, the same server, the same hour, on whatever machine this is.

``python -m benchmarks`` (or ``make bench``) measures; docs/performance.md says what and how honest that is.
"""
