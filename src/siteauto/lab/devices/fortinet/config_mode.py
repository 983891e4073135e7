"""Configuration mode: where a session stands inside `config`, and what it has typed there.

What is typed inside an entry is staged, and stored at `next` or `end`; `abort` drops it. A nested table is stored with
the entry around it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from siteauto.lab.devices.fortinet.checks import complete_entry, settle
from siteauto.lab.devices.fortinet.grammar import Section
from siteauto.lab.devices.fortinet.refusals import in_use
from siteauto.lab.devices.fortinet.tree import Configuration, Node, Table


@dataclass(slots=True, kw_only=True)
class Level:
    """One step down from the root: a table, or an object or entry that is being edited."""

    prompt: str
    target: Table | Node
    table: Table | None = None  # the table that an entry belongs to
    key: str = ""
    store: Callable[[], None] | None = None  # puts an edited object back


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """An entry that was stored, or an object, or with an empty key a table's order: what a transaction carries over."""

    path: str
    key: str = ""


def _allow(_: Touched) -> None:
    """No guard."""


class ConfigMode:
    """Where one session stands in one configuration. The verbs are in `table_verbs` and `entry_verbs`.

    `changed` is called with every entry and object that is stored, `guard` before one is edited: it may refuse.
    """

    def __init__(
        self,
        configuration: Configuration,
        changed: Callable[[Touched], None],
        guard: Callable[[Touched], None] = _allow,
    ) -> None:
        self.configuration = configuration
        self.levels: list[Level] = []
        self._changed = changed
        self._guard = guard
        self._top: Section | None = None

    @property
    def level(self) -> Level:
        """The innermost level."""
        return self.levels[-1]

    def enter(self, path: str) -> None:
        """`config system interface` at the root. Raises RefusedError where the guard does."""
        part = self.configuration.part(path)
        self._top = part.section
        if isinstance(part, Table):
            self.levels.append(Level(prompt=part.section.prompt, target=part))
            return
        self._guard(Touched(path=path))
        self.edit_object(part, put_back=lambda staged: self._put_object(path, staged))

    def edit_object(self, node: Node, *, put_back: Callable[[Node], None]) -> None:
        """Begin to edit an object; `put_back` gets it at `end`."""
        staged = node.copy()
        self.levels.append(Level(prompt=node.section.prompt, target=staged, store=lambda: put_back(staged)))

    def guard_entry(self, section: Section, key: str) -> None:
        """Raise RefusedError where somebody else's transaction holds the entry."""
        if section is self._top:
            self._guard(Touched(path=section.path, key=key))

    def refuse_if_used(self, section: Section, key: str) -> None:
        """Raise RefusedError where another entry names this one."""
        count = len(self.configuration.references_to(section.path, key)) if section is self._top else 0
        if count:
            raise in_use(count)

    def store_entry(self, level: Level) -> None:
        """Check a staged entry and put it into its table. Raises RefusedError."""
        if level.table is not None and isinstance(level.target, Node):
            complete_entry(self.configuration, level.key, level.target)
            level.table.entries[level.key] = level.target
            self.stored(level.table.section, level.key)

    def stored(self, section: Section, key: str) -> None:
        """Let the box know of a change, unless it is inside an entry that is still being edited."""
        if section is self._top:
            settle(self.configuration)
            self._changed(Touched(path=section.path, key=key))

    def _put_object(self, path: str, staged: Node) -> None:
        complete_entry(self.configuration, "", staged)
        self.configuration.parts[path] = staged
        self.stored(staged.section, "")
