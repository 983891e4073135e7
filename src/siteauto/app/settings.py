"""Where this run finds its repository and keeps its state."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from siteauto.core.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Paths and limits of one run. `root` holds inventory/, templates/ and playbooks/."""

    root: Path
    state: Path
    backups: Path | None = None  # None: beside the repository (live) or in the lab's own folder
    cache: Path | None = None  # what was worked out before; None: nothing is kept or used
    workers: int = 20
    environment: Mapping[str, str]

    @property
    def inventory(self) -> Path:
        """The company as data."""
        return self.root / "inventory"

    @property
    def templates(self) -> Path:
        """One folder per platform."""
        return self.root / "templates"

    @property
    def playbooks(self) -> Path:
        """Ansible for the servers."""
        return self.root / "playbooks"

    @property
    def own_platforms(self) -> Path:
        """The operator's own platform files."""
        return own_platforms(self.environment)

    def backups_of_live_devices(self) -> Path:
        """The folder of the backup repository, beside the project unless the operator chose another."""
        return self.backups or self.root.parent / f"{self.root.name}-backups"


def own_platforms(environment: Mapping[str, str]) -> Path:
    """Where the operator keeps platform files of his own: beside his settings file, outside of every repository."""
    home = Path(environment.get("HOME", "/"))
    return Path(environment.get("XDG_CONFIG_HOME") or home / ".config") / "siteauto" / "platforms"


def read_settings(
    environment: Mapping[str, str], *, start: Path, root: Path | None = None, use_cache: bool = True
) -> Settings:
    """Settings from the environment; the repository is `root`, or the nearest folder upwards from `start`.

    Raises UsageError when no folder with an inventory is found.
    """
    home = Path(environment.get("HOME", "/"))
    state_home = Path(environment.get("XDG_STATE_HOME") or home / ".local" / "state")
    state = Path(environment.get("SITEAUTO_STATE") or state_home / "siteauto")
    backups = environment.get("SITEAUTO_BACKUPS")
    return Settings(
        root=(root or _find_root(start)).resolve(),
        state=state,
        cache=state / "cache" if use_cache and not environment.get("SITEAUTO_NO_CACHE") else None,
        backups=Path(backups) if backups else None,
        environment=environment,
    )


def _find_root(start: Path) -> Path:
    for folder in (start, *start.parents):
        if (folder / "inventory" / "defaults.yaml").is_file():
            return folder
    raise UsageError(
        f"{start} is not in a siteauto repository",
        expected="a folder with inventory/defaults.yaml, here or above",
        found="none",
        next_step="Go to your repository, give --root DIR, or make one with: siteauto init DIR",
    )
