"""The code that makes configurations: what another version has made must not be taken for this one's."""

import sys
import time
from collections.abc import Iterator
from functools import cached_property
from importlib.metadata import EntryPoint, entry_points, version
from importlib.util import find_spec
from pathlib import Path

import siteauto
from siteauto.adapters.content_cache import digest_of

PARTS = ("adapters", "core", "platforms", "workflows")
LIBRARIES = ("jinja2", "markupsafe", "pydantic", "pyyaml")
PLATFORMS = "siteauto.platforms"  # entry-point group
MARGIN = 5.0  # seconds by which a file must be older than this run, to be what runs

_STARTED = time.time()


class RunningCode:
    """siteauto's own files, installed platforms and the operator's `own`, and the versions of what it runs on."""

    def __init__(
        self,
        package: Path = Path(siteauto.__file__).parent,
        started: float = _STARTED,
        own: tuple[Path, ...] = (),
    ) -> None:
        self._package = package
        self._started = started
        self._own = own

    @cached_property
    def digest(self) -> str:
        """Of everything that could make a difference."""
        parts = [sys.version, *(f"{name} {version(name)}" for name in LIBRARIES)]
        parts += [f"{point.name}={point.value}" for point in _points()]
        return digest_of((*(part.encode() for part in parts), *(path.read_bytes() for path in self._files)))

    @cached_property
    def is_settled(self) -> bool:
        """Whether the files are surely those that this run has loaded. While somebody edits them nothing is to be kept.

        Asked first when a site has been worked out, so that all of the code is loaded by then.
        """
        return all(path.stat().st_mtime < self._started - MARGIN for path in self._files)

    @cached_property
    def _files(self) -> tuple[Path, ...]:
        own = (path for part in PARTS for path in (self._package / part).rglob("*.py"))
        return tuple(sorted((*own, *_installed(), *self._own)))


def _points() -> tuple[EntryPoint, ...]:
    return tuple(sorted(entry_points(group=PLATFORMS), key=lambda point: point.name))


def _installed() -> Iterator[Path]:
    for point in _points():
        spec = find_spec(point.module)
        if spec is not None and spec.origin:
            yield Path(spec.origin)
