"""Write the next migration from the difference between the migrations and the models.

Usage: make migration NAME="add appointments". Read what it wrote: a renamed column, for one, is
seen as one dropped and one added.
"""

import re
import sys
import tempfile
from pathlib import Path

import sqlalchemy as sa
from alembic import command

from caseworker.core import migrate
from caseworker.core.engine import engine_options, prepare


def main(words: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = sa.create_engine(**engine_options(f"sqlite:///{Path(folder) / 'head.db'}"))
        prepare(engine)
        try:
            migrate.upgrade(engine)
            number = f"{int(migrate.head() or 0) + 1:04d}"
            config = migrate.alembic_config(engine)
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            name = re.sub(r"\s+", " ", words).strip()
            made = command.revision(config, message=name, autogenerate=True, rev_id=number)
        finally:
            engine.dispose()
    for script in made if isinstance(made, list) else [made]:
        if script is not None:
            print(f"Wrote {Path(script.path).relative_to(Path.cwd())}: read it, and run the tests")


if __name__ == "__main__":
    main(sys.argv[1])
