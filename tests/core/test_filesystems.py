"""SQLite on a network share is refused before anything is written."""

from pathlib import Path

import pytest

from caseworker.app import create_app
from caseworker.core import filesystems
from caseworker.core.errors import SettingsWrong
from caseworker.core.filesystems import database_file, filesystem_of, refuse_network_share
from caseworker.core.setup import owner_engine
from tests.support.databases import settings

MOUNTS = """
/dev/sda1 / ext4 rw 0 0
tmpfs /run tmpfs rw 0 0
server:/share /srv/case\\040work nfs4 rw 0 0
/dev/sdb1 /srv/case\\040work/local xfs rw 0 0
//nas/x /mnt/nas cifs rw 0 0
/dev/sdc1 /mnt/nas ext4 rw 0 0
short line
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    file = tmp_path / "mounts"
    file.write_text(MOUNTS)
    return file


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/case work/data", "nfs4"),
        ("/srv/case work", "nfs4"),
        ("/srv/case work/local/data", "xfs"),
        ("/srv/case workshop", "ext4"),
        ("/run/x", "tmpfs"),
        ("/mnt/nas/x", "ext4"),
        ("/", "ext4"),
    ],
)
def test_the_longest_mount_point_above_a_path_says_what_it_is_on(mounts: Path, path: str, kind: str) -> None:
    assert filesystem_of(Path(path), mounts) == kind


def test_where_the_system_does_not_tell_nothing_is_refused(tmp_path: Path) -> None:
    assert filesystem_of(tmp_path, tmp_path / "missing") == ""


def test_a_share_is_refused_with_the_cure(mounts: Path) -> None:
    with pytest.raises(SettingsWrong, match=r"network share \(nfs4\).*CASEWORKER_DATA"):
        refuse_network_share("sqlite:////srv/case work/caseworker.db", mounts)
    refuse_network_share("sqlite:////srv/case work/local/caseworker.db", mounts)
    refuse_network_share("postgresql://someone@server/cases", mounts)
    refuse_network_share("sqlite://", mounts)


def test_neither_the_application_nor_a_migration_starts_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mounts"
    file.write_text(f"server:/share {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(filesystems.refuse_network_share, "__defaults__", (file,))
    url = f"sqlite:///{tmp_path}/caseworker.db"
    with pytest.raises(SettingsWrong, match="network share"):
        create_app(settings(tmp_path, url))
    with pytest.raises(SettingsWrong, match="network share"):
        owner_engine(url)
    assert not (tmp_path / "caseworker.db").exists()


def test_only_a_file_of_sqlite_has_a_place() -> None:
    assert database_file("sqlite:////x/y.db") == Path("/x/y.db")
    assert database_file("sqlite://") is None
    assert database_file("sqlite:///:memory:") is None
    assert database_file("postgresql://u@h/d") is None
