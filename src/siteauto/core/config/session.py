"""Configuration mode as a value: lines typed one after the other, and the tree that they make."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from siteauto.core.config.draft import Draft
from siteauto.core.config.position import Position
from siteauto.core.config.rules import ConfigRules
from siteauto.core.config.tree import ConfigTree
from siteauto.core.config.type_fortios import type_line as type_fortios
from siteauto.core.config.type_indented import type_line as type_indented
from siteauto.core.config.type_nft import type_line as type_nft
from siteauto.core.config.type_paths import type_line as type_paths
from siteauto.core.config.type_uci import type_line as type_uci


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigSession:
    """A configuration session on a tree. Typing a line gives the session after it."""

    tree: ConfigTree
    position: Position = field(default_factory=Position)

    def type(self, line: str) -> "ConfigSession":
        """The session after one more line."""
        draft = Draft(self.tree)
        position = _typer(self.tree.rules)(draft, self.position, line)
        return ConfigSession(tree=draft.tree(), position=position)

    @property
    def mode(self) -> str:
        """The prompt's word for the mode: config-if; on FortiOS the path: system interface/. Empty at the top."""
        return self.position.mode

    @property
    def section(self) -> tuple[str, ...]:
        """The slots of the sections that the session stands in; the first of them after an interface range."""
        return self.position.paths[0]

    @property
    def spreads(self) -> bool:
        """Whether lines go to several sections at once."""
        return len(self.position.paths) > 1

    @property
    def in_text(self) -> bool:
        """Whether the next line is part of a banner, a certificate or a quoted value."""
        return self.position.body is not None


def apply(tree: ConfigTree, commands: Iterable[str]) -> ConfigTree:
    """What the device would hold after these lines, typed in configuration mode."""
    draft, position, type_line = Draft(tree), Position(), _typer(tree.rules)
    for command in commands:
        position = type_line(draft, position, command)
    return draft.tree()


def _typer(rules: ConfigRules) -> Callable[[Draft, Position, str], Position]:
    typers: dict[str, Callable[[Draft, Position, str], Position]] = {
        "indented": type_indented,
        "fortios": type_fortios,
        "paths": type_paths,
        "uci": type_uci,
        "nft": type_nft,
    }
    return typers[rules.syntax]
