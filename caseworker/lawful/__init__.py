"""Lawful basis: why we may hold what we hold, and what may be asked."""
