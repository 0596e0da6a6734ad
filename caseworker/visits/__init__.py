"""Visits: check out, check in, and a buddy."""
