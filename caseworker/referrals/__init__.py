"""Onward referrals: agency, consent, accepted, attended, result."""
