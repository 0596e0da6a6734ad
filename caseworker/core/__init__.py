"""What every feature shares. Knows no feature."""
