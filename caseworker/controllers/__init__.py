"""Restricted records, links between controllers, sharing agreements."""
