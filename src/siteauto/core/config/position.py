"""Where a configuration session stands: in which section, and in the middle of which text."""

from typing import NamedTuple

from siteauto.core.config.bodies import OpenBody
from siteauto.core.config.draft import Path
from siteauto.core.config.tree import DEEPEST, ConfigTree

NO_LEVELS: tuple[str, ...] = ()


class Position(NamedTuple):
    """A place in a session. `paths` are several after a header that stands for several sections, else one.

    `modes` names the mode of each level below the top. `last` are the places that the line before may have opened,
    with its indentation. `saved` is what an abort goes back to.
    """

    paths: tuple[Path, ...] = ((),)
    modes: tuple[str, ...] = NO_LEVELS
    body: OpenBody | None = None
    last: tuple[Path, ...] = ()
    indent: int = 0
    saved: ConfigTree | None = None

    @property
    def mode(self) -> str:
        """The name of the mode; empty at the top."""
        return self.modes[-1] if self.modes else ""

    def up(self, levels: int = 1) -> "Position":
        """The place that many levels further up; the top where there are not so many."""
        depth = max(0, len(self.modes) - levels)
        paths = tuple(dict.fromkeys(path[:depth] for path in self.paths))
        return self._replace(paths=paths, modes=self.modes[:depth], last=())

    def top(self) -> "Position":
        """Outside of all sections."""
        return self._replace(paths=((),), modes=(), last=())

    def enter(self, paths: tuple[Path, ...], mode: str) -> "Position":
        """Inside a section that has just been typed; still here where it would be deeper than any is."""
        if len(self.modes) >= DEEPEST:
            return self._replace(last=())
        return self._replace(paths=paths, modes=(*self.modes, mode), last=())
