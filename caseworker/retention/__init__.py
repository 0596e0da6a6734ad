"""Retention: keep-until dates, legal holds, erasure by two people."""
