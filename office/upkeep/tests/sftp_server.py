"""A real SSH server with SFTP on this machine, for one test: paramiko's server side over a folder."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import paramiko
from paramiko import SFTP_FAILURE, SFTP_NO_SUCH_FILE, SFTP_OK, SFTPAttributes, SFTPHandle, SFTPServer


@dataclass
class Server:
    """Where it listens, what it shows, and the file with the key that it lets in."""

    folder: Path
    port: int = 0
    host_key: Any = field(default_factory=lambda: paramiko.RSAKey.generate(2048))
    user_key: Any = field(default_factory=lambda: paramiko.RSAKey.generate(2048))
    #: After so many written bytes it hangs up, once.
    hang_up_after: int | None = None

    @property
    def url(self) -> str:
        return f"sftp://office@127.0.0.1:{self.port}{self.folder}"

    def key_file(self, path: Path) -> Path:
        self.user_key.write_private_key_file(str(path))
        return path


class _Door(paramiko.ServerInterface):
    def __init__(self, server: Server, transport: paramiko.Transport) -> None:
        self.server, self.transport = server, transport

    def check_auth_publickey(self, username: str, key: Any) -> int:
        fits = username == "office" and key == self.server.user_key
        return int(paramiko.AUTH_SUCCESSFUL if fits else paramiko.AUTH_FAILED)

    def get_allowed_auths(self, username: str) -> str:
        return "publickey"

    def check_channel_request(self, kind: str, chanid: int) -> int:
        refused = paramiko.OPEN_FAILED_ADMINISTRATIVELY_PROHIBITED
        return int(paramiko.OPEN_SUCCEEDED if kind == "session" else refused)


class _Handle(SFTPHandle):
    door: _Door

    def write(self, offset: int, data: bytes) -> int:
        server = self.door.server
        if server.hang_up_after is not None:
            server.hang_up_after -= len(data)
            if server.hang_up_after < 0:
                server.hang_up_after = None
                self.door.transport.close()
                return int(SFTP_FAILURE)
        return int(super().write(offset, data))

    def stat(self) -> SFTPAttributes:
        return SFTPAttributes.from_stat(os.fstat(self.readfile.fileno()))


class _Files(paramiko.SFTPServerInterface):
    def __init__(self, server: _Door, *args: Any, **kwargs: Any) -> None:
        self.door = server
        super().__init__(server, *args, **kwargs)

    def list_folder(self, path: str) -> Any:
        try:
            return [SFTPAttributes.from_stat(entry.stat(), entry.name) for entry in os.scandir(path)]
        except FileNotFoundError:
            return SFTP_NO_SUCH_FILE

    def stat(self, path: str) -> Any:
        try:
            return SFTPAttributes.from_stat(Path(path).stat())
        except OSError as fault:
            return SFTPServer.convert_errno(fault.errno or 0)

    lstat = stat

    def open(self, path: str, flags: int, attr: Any) -> Any:
        try:
            descriptor = os.open(path, flags, 0o600)
        except OSError as fault:
            return SFTPServer.convert_errno(fault.errno or 0)
        file = os.fdopen(descriptor, "rb" if not flags & (os.O_WRONLY | os.O_RDWR) else "wb")
        handle = _Handle(flags)
        handle.door = self.door
        handle.readfile = handle.writefile = file
        return handle

    def mkdir(self, path: str, attr: Any) -> int:
        return self._done(lambda: Path(path).mkdir())

    def remove(self, path: str) -> int:
        return self._done(lambda: Path(path).unlink())

    def posix_rename(self, oldpath: str, newpath: str) -> int:
        return self._done(lambda: Path(oldpath).replace(newpath))

    def _done(self, work: Any) -> int:
        try:
            work()
        except OSError as fault:
            return int(SFTPServer.convert_errno(fault.errno or 0))
        return int(SFTP_OK)


@contextmanager
def sftp_server(folder: Path) -> Iterator[Server]:
    """Serve ``folder`` until the test ends; each connection has a thread of its own."""
    server = Server(folder)
    transports: list[paramiko.Transport] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]

        def welcome() -> None:
            while True:
                try:
                    wire, _ = listener.accept()
                except OSError:
                    return
                transport = paramiko.Transport(wire)
                transports.append(transport)
                transport.add_server_key(server.host_key)
                transport.set_subsystem_handler("sftp", SFTPServer, _Files)
                with suppress(paramiko.SSHException, EOFError):
                    transport.start_server(server=_Door(server, transport))

        thread = Thread(target=welcome, daemon=True)
        thread.start()
        yield server
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()
    for transport in transports:
        transport.close()
