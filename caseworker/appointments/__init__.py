"""Appointments, tasks, and one's week as a page, a printed day and a private calendar address."""
