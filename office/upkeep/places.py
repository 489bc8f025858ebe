"""Where back-ups go: a folder, or a folder on another machine by SFTP.

A file is written beside its name and renamed once it is whole and on the disk, so a file of that name is whole.
"""

import base64
import contextlib
import errno
import hashlib
import os
import shutil
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

import paramiko
from django.conf import settings

from office.core.commands import CannotDo

PART = ".part"
_CONNECT = 15.0  # seconds
_SILENCE = 60.0  # seconds without a byte


class Place(Protocol):
    """A folder somewhere. Names are flat or have one folder before them, such as ``files/…``."""

    url: str

    def names(self, folder: str = "") -> dict[str, int]:
        """Return the files there by name, with their sizes; none when the folder is not there."""

    def send(self, local: Path, name: str) -> None:
        """Put a file there under that name: whole, or not at all."""

    def fetch(self, name: str, local: Path) -> None:
        """Bring a file from there. Raises CannotDo when it is not there."""

    def remove(self, name: str) -> None: ...


@contextmanager
def opened(url: str) -> Iterator[Place]:
    """Open the place at ``url``: a folder's path, or ``sftp://user@host:port/folder``. Raises CannotDo."""
    if url.startswith("sftp://"):
        with _sftp(url) as place:
            yield place
    elif "://" in url:
        raise CannotDo(
            f"{url.partition('://')[0]} is no way to keep back-ups: name a folder or sftp://user@host/folder."
        )
    else:
        yield Folder(Path(url).expanduser().absolute())


def parent(file: str) -> tuple[str, str]:
    """Split the address of a back-up into its place and its name."""
    if file.startswith("sftp://"):
        url, _, name = file.rpartition("/")
        return url, name
    path = Path(file).expanduser().absolute()
    return str(path.parent), path.name


class Folder:
    """A folder of this machine: another disk, or a share."""

    def __init__(self, path: Path) -> None:
        self.path, self.url = path, str(path)

    def names(self, folder: str = "") -> dict[str, int]:
        try:
            with os.scandir(self.path / folder) as entries:
                return {entry.name: entry.stat().st_size for entry in entries if entry.is_file()}
        except FileNotFoundError:
            return {}

    def send(self, local: Path, name: str) -> None:
        target = self.path / name
        if not self.path.parent.is_dir():
            raise CannotDo(f"There is no folder {self.path.parent}. Is the disk for back-ups there?")
        target.parent.mkdir(mode=0o700, exist_ok=True, parents=True)
        draft = target.with_name(target.name + PART)
        with local.open("rb") as source, os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as copy:
            copy.truncate()
            shutil.copyfileobj(source, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())
        draft.replace(target)
        sync(target.parent)

    def fetch(self, name: str, local: Path) -> None:
        try:
            shutil.copyfile(self.path / name, local)
        except FileNotFoundError:
            raise CannotDo(f"There is no {name} in {self.url}.") from None

    def remove(self, name: str) -> None:
        (self.path / name).unlink(missing_ok=True)


def sync(folder: Path) -> None:
    """Have the folder's own entries on the disk: a rename is not before that."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Sftp:
    """A folder of another machine, whose host key is pinned."""

    def __init__(self, client: paramiko.SFTPClient, url: str, root: str) -> None:
        self._client, self.url, self._root = client, url, root

    def names(self, folder: str = "") -> dict[str, int]:
        try:
            entries = self._client.listdir_iter(self._at(folder))
            return {entry.filename: entry.st_size or 0 for entry in entries if stat.S_ISREG(entry.st_mode or 0)}
        except FileNotFoundError:
            return {}

    def send(self, local: Path, name: str) -> None:
        if "/" in name:
            with contextlib.suppress(OSError):  # it is there already; if it is not, putting says so
                self._client.mkdir(self._at(name.rpartition("/")[0]), 0o700)
        draft = self._at(name + PART)
        try:
            self._client.put(str(local), draft)  # and asks for its size afterwards
        except FileNotFoundError:
            raise CannotDo(f"There is no folder {self._root} on {urlsplit(self.url).hostname}.") from None
        self._client.posix_rename(draft, self._at(name))

    def fetch(self, name: str, local: Path) -> None:
        try:
            self._client.get(self._at(name), str(local))
        except FileNotFoundError:
            raise CannotDo(f"There is no {name} in {self.url}.") from None

    def remove(self, name: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            self._client.remove(self._at(name))

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}".rstrip("/")


@contextmanager
def _sftp(url: str) -> Iterator[Sftp]:
    parts = urlsplit(url)
    host, root = parts.hostname or "", unquote(parts.path).rstrip("/") or "."
    if not host or not parts.username or parts.password:
        raise CannotDo("Write it as sftp://user@host/folder; the key to sign in with is a file, BACKUP_SSH_KEY.")
    try:
        with (
            socket.create_connection((host, parts.port or 22), _CONNECT) as wire,
            contextlib.closing(paramiko.Transport(wire)) as transport,
        ):
            transport.banner_timeout = transport.auth_timeout = _CONNECT
            transport.start_client(timeout=_CONNECT)
            _require_known(host, transport.get_remote_server_key())
            transport.auth_publickey(unquote(parts.username), _own_key())
            yield Sftp(_client(transport, host), url.rstrip("/"), root)
    except paramiko.AuthenticationException:
        raise CannotDo(f"{host} does not let {parts.username} in by the key {settings.BACKUP_SSH_KEY}.") from None
    except OSError as fault:
        if fault.errno in _OWN_FAULTS:
            raise
        raise _unusable(host, fault) from fault
    except (paramiko.SSHException, EOFError) as fault:
        raise _unusable(host, fault) from fault


def _client(transport: paramiko.Transport, host: str) -> paramiko.SFTPClient:
    client = paramiko.SFTPClient.from_transport(transport)
    channel = client.get_channel() if client else None
    if client is None or channel is None:
        raise CannotDo(f"{host} offers no SFTP.")
    channel.settimeout(_SILENCE)
    return client


#: Of this machine's disk, not of the line.
_OWN_FAULTS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS}


def _unusable(host: str, fault: Exception) -> CannotDo:
    return CannotDo(f"{host} cannot be used for back-ups: {fault or type(fault).__name__}.")


def fingerprint(key: Any) -> str:
    """Return a host key's fingerprint as OpenSSH prints it: ``SHA256:…``."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(key.asbytes()).digest()).decode().rstrip("=")


def _require_known(host: str, key: Any) -> None:
    found, pinned = fingerprint(key), settings.BACKUP_HOST_KEY
    if not pinned:
        raise CannotDo(
            f"{host} shows the host key {found}. Ask whoever runs it whether that is its own, and set BACKUP_HOST_KEY."
        )
    if found != pinned:
        raise CannotDo(
            f"{host} shows another host key than BACKUP_HOST_KEY: {found}. Nothing was sent. Ask whoever runs it; "
            "somebody may stand between you."
        )


def _own_key() -> Any:
    path = Path(settings.BACKUP_SSH_KEY)
    if not path.exists():
        raise CannotDo(f"There is no key to sign in with: ssh-keygen -t ed25519 -N '' -f {path}")
    return paramiko.PKey.from_path(path)
