"""The folder that holds what siteauto knows of this machine's runs: locks, run records, pinned host keys, token key."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from siteauto.adapters.sealing import own_key
from siteauto.core.change.lease import Lease, lease_text, read_lease, taken
from siteauto.core.errors import StoreError
from siteauto.core.models import SiteName


class StateFolder:
    """Paths and small files below one folder of mode 0700."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def known_hosts(self) -> Path:
        """Pinned host keys of live devices."""
        return self.root / "known_hosts"

    @property
    def secrets(self) -> Path:
        """The operator's own secrets file."""
        return self.root / "secrets.yaml"

    def lab(self, site: SiteName) -> Path:
        """All of one site's lab."""
        return self.root / "lab" / site

    def runs(self) -> Path:
        """Runs, one folder each."""
        return self.root / "runs"

    def ensure(self) -> None:
        """Make the folder. Raises StoreError."""
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise _cannot(self.root, error) from error

    def token_key(self) -> bytes:
        """The key of the tokens that stand for secrets; made once, stays on this machine. Raises StoreError."""
        self.ensure()
        file = self.root / "token.key"
        try:
            return own_key(file)
        except OSError as error:
            raise _cannot(file, error) from error

    @contextmanager
    def lock(self, site: SiteName, lease: Lease) -> Iterator[None]:
        """Hold the site alone. The lock goes with the process, however it ends. Raises UsageError when it is taken."""
        self.ensure()
        file = self.root / f"{site}.lock"
        try:
            stream = file.open("a+b", buffering=0)
        except OSError as error:
            raise _cannot(file, error) from error
        with stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                stream.seek(0)
                raise taken(site, read_lease(stream.read().decode(errors="replace")), lease.since) from error
            try:
                stream.truncate(0)
                stream.write(f"{lease_text(lease)}\n".encode())
            except OSError as error:
                raise _cannot(file, error) from error
            yield


def _cannot(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"The state folder cannot be written: {path}",
        expected="a folder of yours with free space",
        found=error.strerror or str(error),
        next_step="Free some space or mend the permissions, or point SITEAUTO_STATE elsewhere",
    )
