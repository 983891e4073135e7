"""Tree -> text, as `uci export` prints it."""

from collections.abc import Iterator

from siteauto.core.config.tree import ConfigTree, Node
from siteauto.core.config.uci_sections import header_of, values_of
from siteauto.core.config.uci_words import uci_quoted


def uci_text(tree: ConfigTree) -> Iterator[str]:
    """The lines of all packages."""
    for package in tree.children.values():
        yield from (package.line, "")
        for key, section in package.children.items():
            yield header_of(key, section)
            for name, option in section.children.items():
                yield from (f"\t{line}" for line in _option(name, option))
            yield ""


def _option(name: str, node: Node) -> Iterator[str]:
    word = node.line.partition(" ")[0]
    yield from (f"{word} {name} {uci_quoted(value)}" for value in values_of(node))
