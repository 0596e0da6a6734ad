"""What an erasure leaves in the files of the database: old pages in SQLite's journal, until it is emptied.

Every connection has secure_delete on, so what is deleted is written over with zeros in the file itself.
"""

from typing import Any

from caseworker.core.db import db

# A reader may hold the journal for a moment; the next erasure, or the command, tries again.
WAITS_MS = 2000


def empty_journal(*, whole: bool = False) -> bool:
    """Write the journal into the file and empty it; `whole`: also write the file anew without free pages.

    Outside any transaction. False when somebody was reading. Nothing to do on PostgreSQL, whose own
    clean-up is described in the deployment page.
    """
    if db.engine.dialect.name != "sqlite":
        return True
    db.session.close()
    connection = db.engine.raw_connection()
    try:
        cursor: Any = connection.cursor()
        cursor.execute("PRAGMA query_only=OFF")
        cursor.execute(f"PRAGMA busy_timeout={WAITS_MS}")
        if whole:
            cursor.execute("VACUUM")
        busy = any(row[0] for row in cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())
        cursor.execute("PRAGMA busy_timeout=30000")
        cursor.close()
        return not busy
    finally:
        connection.close()
