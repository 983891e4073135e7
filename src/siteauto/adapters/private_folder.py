"""A folder of a session's own that nobody else can read, made when it is first asked for: most sessions need none."""

import tempfile
from functools import cached_property
from pathlib import Path
from typing import Self


class PrivateFolder:
    """Gone, with all that is in it, when its context ends."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if "_made" in self.__dict__:
            self._made.cleanup()

    @property
    def path(self) -> Path:
        """Where it is; mode 0700."""
        return Path(self._made.name)

    @cached_property
    def _made(self) -> "tempfile.TemporaryDirectory[str]":
        return tempfile.TemporaryDirectory(prefix="siteauto-")
