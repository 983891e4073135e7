"""How the box prints its configuration: `show`, `show full-configuration` and `get`."""

from collections.abc import Iterator

from siteauto.lab.devices.fortinet.encryption import encrypt
from siteauto.lab.devices.fortinet.grammar import Attribute, Section, load_grammar
from siteauto.lab.devices.fortinet.tokens import quote
from siteauto.lab.devices.fortinet.tree import Configuration, Node, Table
from siteauto.lab.devices.fortinet.values import QUOTED

INDENT = "    "
_KEYS_OF_GET = {"firewall.policy": "policyid", "router.static": "seq-num"}  # elsewhere id or name


def show_all(configuration: Configuration, *, full: bool = False) -> Iterator[str]:
    """Every section that holds something, in the box's own order."""
    for path, section in load_grammar().items():
        part = configuration.part(path)
        if not section.hidden and (full or section.always or not is_empty(part)):
            yield from show_part(part, full=full)


def show_part(part: Node | Table, *, key: str = "", full: bool = False) -> Iterator[str]:
    """One object or table from `config` to `end`; of a table only the entry `key` where one is named."""
    yield f"config {' '.join(part.section.words)}"
    if isinstance(part, Node):
        yield from _indented(show_node(part, full=full))
    else:
        for name, node in part.entries.items():
            if key in ("", name):
                yield from _indented(show_entry(part.section, name, node, full=full))
    yield "end"


def show_entry(section: Section, key: str, node: Node, *, full: bool = False) -> Iterator[str]:
    """One entry from `edit` to `next`."""
    yield f"edit {key if section.key == 'id' else quote(key)}"
    yield from _indented(show_node(node, full=full))
    yield "next"


def show_node(node: Node, *, full: bool = False) -> Iterator[str]:
    """The lines inside an object or entry: what differs from the defaults, or everything."""
    for name, item in node.section.items.items():
        if isinstance(item, Attribute):
            words = node.get(name) if full else node.values.get(name, ())
            if words and (full or words != item.default):
                yield f"set {name} {format_words(item, words)}"
        elif name in node.nested and not is_empty(node.nested[name]):
            yield from show_part(node.nested[name], full=full)


def format_words(attribute: Attribute, words: tuple[str, ...]) -> str:
    """A value as `show` prints it. Passwords come out encrypted, with a new salt each time."""
    if attribute.kind == "secret":
        return f"ENC {encrypt(words[0])}"
    if attribute.kind == "hash":
        return f"ENC {words[0]}"
    if attribute.kind in QUOTED:
        return " ".join(quote(word) for word in words)
    return " ".join(words)


def get_part(part: Node | Table) -> Iterator[str]:
    """What `get` prints: every attribute of an object, or the names of a table's entries."""
    if isinstance(part, Table):
        for key in part.entries:
            yield f"== [ {key} ]"
            yield f"{_KEYS_OF_GET.get(part.section.path, part.section.key)}: {key}"
        return
    for attribute in part.section.attributes():
        words = part.get(attribute.name)
        shown = "*" if attribute.kind in ("secret", "hash") else " ".join(words)
        yield f"{attribute.name:<20}: {shown} "


def is_empty(part: Node | Table) -> bool:
    """Whether the section has nothing that `show` would print."""
    if isinstance(part, Table):
        return not part.entries
    return next(show_node(part), None) is None


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (INDENT + line for line in lines)
