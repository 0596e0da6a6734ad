"""A minimal Django application that does the same work as three of our pages, to measure them beside it.

The usual stack of a new project: sessions in the database, CSRF, sign-in, the ORM and templates. It keeps
fewer promises than ours: notes are not sealed, looks are not chained, nobody can undo.
"""
