"""A device's flash as asyncssh's SCP wants to see it."""

import stat
from dataclasses import dataclass, field

import asyncssh

from siteauto.lab.flash import Flash, FlashFullError
from siteauto.lab.shell import SimulatedDevice

MODE = stat.S_IFREG | 0o644


@dataclass(slots=True, kw_only=True)
class _OpenFile:
    name: str
    writing: bool
    data: bytearray = field(default_factory=bytearray)


class FlashServer(asyncssh.SFTPServer):
    """Reads and writes the flash of one device. A written file appears when it is closed, as a whole."""

    def __init__(self, chan: "asyncssh.SSHServerChannel[bytes]", device: SimulatedDevice) -> None:
        super().__init__(chan)
        self._device = device

    def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> object:  # noqa: ARG002
        """Open a file of the flash."""
        flash = self._flash()
        name = flash.name_of(path.decode())
        if pflags & asyncssh.FXF_WRITE:
            return _OpenFile(name=name, writing=True)
        if name not in flash.files:
            raise asyncssh.SFTPNoSuchFile(f"%Error opening {path.decode()} (No such file or directory)")
        return _OpenFile(name=name, writing=False, data=bytearray(flash.files[name]))

    def read(self, file_obj: object, offset: int, size: int) -> bytes:
        """Bytes of an open file."""
        return bytes(_file(file_obj).data[offset : offset + size])

    def write(self, file_obj: object, offset: int, data: bytes) -> int:
        """Take bytes. Refused as soon as they cannot fit."""
        one, flash = _file(file_obj), self._flash()
        if offset + len(data) > flash.free() + len(flash.files.get(one.name, b"")):
            raise asyncssh.SFTPFailure("No space left on device")
        one.data[offset : offset + len(data)] = data
        return len(data)

    def close(self, file_obj: object) -> None:
        """Put a written file into the flash."""
        one = _file(file_obj)
        if one.writing:
            try:
                self._flash().write(one.name, bytes(one.data))
            except FlashFullError:
                raise asyncssh.SFTPFailure("No space left on device") from None

    def stat(self, path: bytes) -> asyncssh.SFTPAttrs:
        """Size of a file; the flash has no folders."""
        flash = self._flash()
        data = flash.files.get(flash.name_of(path.decode()))
        if data is None:
            raise asyncssh.SFTPNoSuchFile("No such file or directory")
        return asyncssh.SFTPAttrs(
            permissions=MODE, size=len(data), atime=0, mtime=0, type=asyncssh.FILEXFER_TYPE_REGULAR
        )

    lstat = stat

    def setstat(self, path: bytes, attrs: asyncssh.SFTPAttrs) -> None:
        """Times and permissions are not kept."""

    def _flash(self) -> Flash:
        flash = self._device.files
        if flash is None or not flash.served:
            raise asyncssh.SFTPPermissionDenied("Administratively disabled.")
        return flash


def _file(file_obj: object) -> _OpenFile:
    if not isinstance(file_obj, _OpenFile):
        raise asyncssh.SFTPInvalidHandle("Invalid file handle")
    return file_obj
