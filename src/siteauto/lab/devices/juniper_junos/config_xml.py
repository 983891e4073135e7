"""The configuration as XML and back. Names of entries are known by the statements that take any word."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from siteauto.core.config import ConfigTree, Node
from siteauto.core.config.path_steps import untagged, values_of
from siteauto.lab.devices.juniper_junos.grammar import Known, known_statements
from siteauto.lab.devices.juniper_junos.reading import plain
from siteauto.lab.devices.juniper_junos.replies import leaf, made

# Entries without a keyword of their own in the text have one in XML.
UNNAMED = {"interfaces": "interface", "vlans": "vlan", "scheduler-maps": "scheduler-map"}


def as_xml(tree: ConfigTree) -> Element:
    """`<configuration>` with everything in it."""
    return made("configuration", *_elements(tree.children, known_statements()))


def commands_of(configuration: Element) -> Iterator[str]:
    """`set` and `delete` commands that mean the same as XML that is loaded."""
    for child in configuration:
        yield from _commands(child, (), known_statements())


def _elements(children: Mapping[str, Node], known: Known) -> Iterator[Element]:
    for node in children.values():
        words = untagged(node.line)
        if "[" in words:
            yield from (leaf(words[0], plain(value)) for value in values_of(node.line))
        else:
            yield from _element(words, node, known)


def _element(words: tuple[str, ...], node: Node, known: Known) -> Iterator[Element]:
    """The element of a line: its keyword, the name behind it, and what is inside."""
    inside = known.under(words[0]) or Known()
    if len(words) == 1 and words[0] in UNNAMED and node.children:
        entries = [_entry(UNNAMED[words[0]], child, inside) for child in node.children.values()]
        yield made(words[0], *entries)
    elif len(words) == 1 and node.children and _names_only(node, inside):
        yield from (made(words[0], leaf("name", plain(untagged(one.line)[0])), *_elements(
            one.children, inside.under("*") or Known())) for one in node.children.values())  # fmt: skip
    elif len(words) == 1:
        yield made(words[0], *_elements(node.children, inside))
    elif inside.is_value(words[1]):
        rest = inside.under(words[1]) or Known()
        if node.children or rest.words:
            yield made(words[0], leaf("name", plain(words[1])), *_elements(node.children, rest))
        else:
            yield leaf(words[0], plain(words[1]))
    else:
        yield made(words[0], *_element(words[1:], node, inside))


def _names_only(node: Node, inside: Known) -> bool:
    return all(inside.is_value(untagged(child.line)[0]) for child in node.children.values())


def _entry(tag: str, node: Node, inside: Known) -> Element:
    known = inside.under(untagged(node.line)[0]) or Known()
    return made(tag, leaf("name", plain(untagged(node.line)[0])), *_elements(node.children, known))


def _commands(element: Element, path: tuple[str, ...], known: Known) -> Iterator[str]:
    tag, name = str(element.tag), (element.findtext("name") or "").strip()
    hidden = bool(path) and UNNAMED.get(path[-1]) == tag
    words = (*path, *(() if hidden else (tag,)), *((_quoted(name),) if name else ()))
    if element.get("delete") == "delete" or element.get("operation") == "delete":
        yield f"delete {' '.join(words)}"
        return
    if element.get("replace") == "replace" or element.get("operation") == "replace":
        yield f"delete {' '.join(words)}"
    inner = [child for child in element if child.tag != "name"]
    text = (element.text or "").strip()
    if not inner:
        yield f"set {' '.join((*words, *((_quoted(text),) if text else ())))}"
    for child in inner:
        yield from _commands(child, words, known)


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word or not word else word
