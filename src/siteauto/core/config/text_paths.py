"""Tree -> braces, as Junos and PAN-OS print them."""

from collections.abc import Iterator

from siteauto.core.config.tree import ConfigTree, Node

INDENT = "    "


def paths_text(tree: ConfigTree) -> Iterator[str]:
    """The lines of the whole configuration."""
    for node in tree.children.values():
        yield from _lines(node, "")


def _lines(node: Node, indent: str) -> Iterator[str]:
    if not node.children:
        yield f"{indent}{node.line};"
        return
    yield f"{indent}{node.line} {{"
    for child in node.children.values():
        yield from _lines(child, indent + INDENT)
    yield f"{indent}}}"
