"""Makes the demonstration's rows from the small tables. Same tables and seed, same bytes."""
