"""`state.json` beside the backup repository: what is known of every device from one run to the next."""

from collections.abc import Callable
from pathlib import Path

from siteauto.adapters.git_lock import locked
from siteauto.adapters.whole_files import replace_file
from siteauto.core.backup_state import BackupState, read_state
from siteauto.core.errors import StoreError


class BackupStateFile:
    """The state of one folder of backups."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.file = root / "state.json"

    def read(self) -> BackupState:
        """What is known; nothing where no run has been. Raises StoreError."""
        try:
            return read_state(self.file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return BackupState()
        except OSError as error:
            raise StoreError(f"{self.file} cannot be read", found=error.strerror or str(error)) from error

    def change(self, how: Callable[[BackupState], BackupState]) -> BackupState:
        """Read, change and write as one, whoever else does the same. Raises StoreError."""
        with locked(self._root / "state.lock", lambda: None):
            changed = how(self.read())
            replace_file(self.file, changed.as_json().encode())
        return changed
