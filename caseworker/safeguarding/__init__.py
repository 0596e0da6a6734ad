"""Concerns about somebody's safety: raised by anybody, read by few."""
