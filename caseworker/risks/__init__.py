"""Risks, and people who must be kept apart."""
