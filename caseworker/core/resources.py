"""Where the files beside the package are: in the checkout, or inside the installed wheel."""

from pathlib import Path
from typing import Literal

PACKAGE = Path(__file__).resolve().parents[1]

Resource = Literal["templates", "migrations", "seed_data"]


def resource_dir(name: Resource) -> Path:
    """The folder of that name. Raises FileNotFoundError when this copy is not whole."""
    for folder in (PACKAGE / "_resources" / name, PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"Caseworker's {name} folder is missing: install it again")
