"""The demonstration: invented people, loaded into a database of their own, and the figures they give."""
