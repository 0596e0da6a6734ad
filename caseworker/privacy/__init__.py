"""Privacy pack: the data map and the access review, from the live configuration."""
