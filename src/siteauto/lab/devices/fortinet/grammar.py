"""The written grammar of FortiOS: objects and tables, what their attributes may hold, in which order they are shown.

It is read from the text files of the folder `known/`:

    object system console                 one object; `always`: shown although it holds nothing
        output one standard|more = more   attribute, kind, what the kind needs, default
    table firewall policy by id ordered   a table, its key (`id`: a number, `name N`: a text); `ordered`: `move` works;
                                          `hidden`: not shown
        srcintf! refs system.interface any  `!`: an entry without it is refused; what follows the tables is also valid
        table x by id                     tables and objects nest by four blanks
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

PATH_KINDS = frozenset({"ref", "refs"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One `set`-able word. `words`: values of an enumeration, or the tables that a reference looks into."""

    name: str
    kind: str
    words: tuple[str, ...] = ()
    literals: tuple[str, ...] = ()  # values that need no entry: any
    low: int = 0
    high: int = 0
    default: tuple[str, ...] | None = None
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """An object or a table. `items` are its attributes and what nests in it, in the order of `show`."""

    words: tuple[str, ...]  # system interface
    is_table: bool = False
    key: str = ""  # id | name; empty: an object
    key_length: int = 0
    ordered: bool = False
    always: bool = False
    hidden: bool = False
    items: Mapping[str, "Attribute | Section"] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The words with dots, as references name it: system.interface."""
        return ".".join(self.words)

    @property
    def prompt(self) -> str:
        """What the prompt shows inside it: the last word."""
        return self.words[-1]

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of this name."""
        item = self.items.get(name)
        return item if isinstance(item, Attribute) else None

    def section(self, name: str) -> "Section | None":
        """The nested object or table of this name."""
        item = self.items.get(name)
        return item if isinstance(item, Section) else None

    def attributes(self) -> Iterator[Attribute]:
        """All attributes, in the order of `show`."""
        return (item for item in self.items.values() if isinstance(item, Attribute))


@cache
def load_grammar() -> Mapping[str, Section]:
    """All sections by path, in the order of a full `show`."""
    sections: dict[str, Section] = {}
    for name in ("system", "firewall", "router"):
        text = files(__package__).joinpath("known", f"{name}.txt").read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
        while lines:
            section = _read_section(lines, depth=0)
            sections[section.path] = section
    return sections


def _read_section(lines: list[str], *, depth: int) -> Section:
    head = lines.pop(0).split()
    items: dict[str, Attribute | Section] = {}
    while lines and _depth(lines[0]) > depth:
        if lines[0].split()[0] in ("object", "table"):
            nested = _read_section(lines, depth=_depth(lines[0]))
            items[nested.words[0]] = nested
        else:
            attribute = _read_attribute(lines.pop(0))
            items[attribute.name] = attribute
    kind, *words = head
    if kind == "object":
        always = words[-1] == "always"
        return Section(words=tuple(words[:-1] if always else words), always=always, items=items)
    by = words.index("by")
    key = words[by + 1 :]
    return Section(
        words=tuple(words[:by]),
        is_table=True,
        key=key[0],
        key_length=int(key[1]) if key[0] == "name" else 0,
        ordered="ordered" in key,
        hidden="hidden" in key,
        items=items,
    )


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _read_attribute(line: str) -> Attribute:
    declared, _, default = line.strip().partition(" = ")
    name, kind, *needs = declared.split()
    values: tuple[str, ...] = ()
    literals: tuple[str, ...] = ()
    low = high = 0
    if kind == "switch":
        kind, values = "one", ("enable", "disable")
    elif kind in ("one", "some"):
        values = tuple(needs[0].split("|"))
    elif kind in PATH_KINDS:
        values, literals = tuple(needs[0].split(",")), tuple(needs[1:])
    elif kind == "int":
        low, high = int(needs[0]), int(needs[1])
    elif needs:
        high = int(needs[0])
    return Attribute(
        name=name.rstrip("!"),
        kind=kind,
        words=values,
        literals=literals,
        low=low,
        high=high,
        default=tuple(default.split()) if default else None,
        required=name.endswith("!"),
    )
