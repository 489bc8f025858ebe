"""Back-ups on another machine: a real SSH server, its host key pinned."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from office.core import files
from office.core.commands import CannotDo
from office.upkeep.backup import back_up
from office.upkeep.places import fingerprint
from office.upkeep.tests.conftest import Machine, Office
from office.upkeep.tests.sftp_server import Server, sftp_server

pytestmark = pytest.mark.parametrize("real_database", ["sqlite"], indirect=True)


@pytest.fixture
def far(office: Office, tmp_path: Path, settings: LazySettings) -> Iterator[Server]:
    """A server whose key is pinned, and a folder on it."""
    (tmp_path / "far").mkdir()
    with sftp_server(tmp_path / "far") as server:
        settings.BACKUP_HOST_KEY = fingerprint(server.host_key)
        settings.BACKUP_SSH_KEY = str(server.key_file(tmp_path / "key"))
        yield server


def test_an_office_is_restored_from_the_far_machine(office: Office, far: Server, empty_machine: Machine) -> None:
    made = back_up(far.url)
    assert back_up(far.url).new_files == frozenset()
    assert len(list(far.folder.glob("*.backup"))) == 2
    pinned = {"BACKUP_HOST_KEY": fingerprint(far.host_key), "BACKUP_SSH_KEY": str(far.folder.parent / "key")}
    empty_machine.environment.update(pinned)
    done = empty_machine.restore(made.file, office.key_file)
    assert done.status == 0, done.words
    assert done.said[0]["files"] == 2


def test_another_host_key_stops_it_before_anything_is_sent(office: Office, far: Server, settings: LazySettings) -> None:
    settings.BACKUP_HOST_KEY = "SHA256:somebodyelse"
    with pytest.raises(CannotDo, match="another host key"):
        back_up(far.url)
    settings.BACKUP_HOST_KEY = ""
    with pytest.raises(CannotDo, match=r"shows the host key SHA256:"):
        back_up(far.url)
    assert list(far.folder.iterdir()) == []


def test_a_line_that_breaks_leaves_no_file_that_looks_whole(office: Office, far: Server) -> None:
    files.store(bytes(3_000_000))
    far.hang_up_after = 1_000_000
    with pytest.raises(CannotDo):
        back_up(far.url)
    assert list(far.folder.glob("*.backup")) == []
    assert all(path.name.endswith(".part") or path.stat().st_size < 1_000 for path in (far.folder / "files").iterdir())
    assert len(back_up(far.url).manifest.files) == 3


def test_who_may_not_enter_is_told_by_which_key(
    office: Office, far: Server, settings: LazySettings, tmp_path: Path
) -> None:
    with sftp_server(tmp_path) as stranger:
        settings.BACKUP_SSH_KEY = str(stranger.key_file(tmp_path / "other-key"))
    with pytest.raises(CannotDo, match="does not let office in by the key"):
        back_up(far.url)


def test_nobody_there_is_one_sentence(office: Office, far: Server) -> None:
    with pytest.raises(CannotDo, match=r"127\.0\.0\.1 cannot be used for back-ups"):
        back_up("sftp://office@127.0.0.1:1/far")
