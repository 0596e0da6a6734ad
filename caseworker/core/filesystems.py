"""Which kind of file system a path is on: SQLite's locks are not safe over a network."""

from pathlib import Path

from caseworker.core.engine import NETWORK_FILESYSTEMS, engine_options
from caseworker.core.errors import SettingsWrong

MOUNTS = Path("/proc/mounts")


def filesystem_of(path: Path, mounts: Path = MOUNTS) -> str:
    """The kind by the longest mount point above the path; '' where the system does not tell."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    above = {str(parent) for parent in (path.resolve(), *path.resolve().parents)}
    found: tuple[int, str] = (0, "")
    for line in lines:
        fields = line.split()
        if len(fields) < 3:
            continue
        place = _unescaped(fields[1])
        # A later mount at the same place covers the earlier one.
        if place in above and len(place) >= found[0]:
            found = (len(place), fields[2])
    return found[1]


def _unescaped(place: str) -> str:
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        place = place.replace(code, letter)
    return place


def database_file(url: str) -> Path | None:
    """The file of an SQLite address, or None for another database or one in memory. Raises SettingsWrong."""
    parsed = engine_options(url)["url"]
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database)).resolve()


def refuse_network_share(url: str, mounts: Path = MOUNTS) -> None:
    """Raises SettingsWrong when an SQLite file lies on a network share."""
    file = database_file(url)
    kind = filesystem_of(file.parent, mounts) if file else ""
    if kind in NETWORK_FILESYSTEMS:
        raise SettingsWrong(
            f"{file} is on a network share ({kind}), where SQLite may lose records: "
            "set CASEWORKER_DATA to a folder on this machine's own disk, or use PostgreSQL"
        )
