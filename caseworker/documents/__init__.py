"""Documents: kinds, originals seen, expiry, evidence."""
