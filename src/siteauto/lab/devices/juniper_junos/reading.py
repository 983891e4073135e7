"""Looking things up in a configuration: values, entries, and what is switched off."""

from collections.abc import Iterator, Mapping

from siteauto.core.config import ConfigTree, Node
from siteauto.core.config.path_steps import tags_of, untagged, values_of

Children = Mapping[str, Node]


def under(tree: ConfigTree | Children, *words: str) -> Children:
    """What stands under these words; nothing where they are missing or switched off."""
    children = tree.children if isinstance(tree, ConfigTree) else tree
    rest = words
    while rest:
        node = next((one for one in active(children) if untagged(one.line) == rest[: len(untagged(one.line))]), None)
        if node is None:
            return {}
        rest, children = rest[len(untagged(node.line)) :], node.children
    return children


def active(children: Children) -> Iterator[Node]:
    """The lines that are not switched off."""
    return (node for node in children.values() if "inactive:" not in tags_of(node.line))


def value(children: Children, word: str) -> str:
    """The value of a setting; empty: it is not set."""
    return next(iter(several(children, word)), "")


def several(children: Children, word: str) -> tuple[str, ...]:
    """All values of a setting, whether they stand in brackets, in braces or behind each other."""
    found: list[str] = []
    for node in active(children):
        words = untagged(node.line)
        if words[0] == word:
            found += values_of(node.line) if "[" in words else words[1:]
            if len(words) == 1:
                found += (untagged(child.line)[0] for child in active(node.children))
    return tuple(plain(one) for one in found)


def plain(word: str) -> str:
    """The word without the quotes around it."""
    return word[1:-1] if len(word) > 1 and word[0] == word[-1] == '"' else word


def has(children: Children, word: str) -> bool:
    """Whether a line starts with this word."""
    return any(untagged(node.line)[0] == word for node in active(children))


def entries(children: Children, word: str = "") -> Iterator[tuple[str, Children]]:
    """Names and contents of the entries `WORD NAME`; without a word, of all that stands here."""
    for node in active(children):
        words = untagged(node.line)
        if not word:
            yield plain(words[0]), node.children
        elif words[0] == word and len(words) > 1:
            yield plain(words[1]), node.children
        elif words[0] == word:
            yield from entries(node.children)
