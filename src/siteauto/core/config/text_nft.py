"""Tree -> text, as `nft list ruleset` prints it."""

from collections.abc import Iterator

from siteauto.core.config.names import natural_key
from siteauto.core.config.tree import ConfigTree, Node
from siteauto.core.config.type_nft import ELEMENTS

_OBJECTS = ("table", "chain", "set", "map", "flowtable", "counter", "quota", "limit", "secmark", "synproxy", "ct")
HOOK = ("type", "policy")  # of a chain: on one line


def nft_text(tree: ConfigTree) -> Iterator[str]:
    """The lines of all tables."""
    for node in tree.children.values():
        yield from nft_lines(node, "", is_object=node.line.startswith("table "))


def _hook(node: Node, indent: str) -> Iterator[str]:
    held = [node.children[key].line for key in HOOK if key in node.children and node.line.startswith("chain ")]
    if held:
        yield f"{indent}{'; '.join(held)};"


def nft_lines(node: Node, indent: str = "", *, is_object: bool = True) -> Iterator[str]:
    """One table, or what stands in one."""
    if node.line == ELEMENTS:
        yield f"{indent}{ELEMENTS} = {{ {', '.join(sorted(node.children, key=natural_key))} }}"
    elif not is_object:
        yield f"{indent}{node.line}"
    else:
        yield f"{indent}{node.line} {{"
        in_table = node.line.startswith("table ")
        yield from _hook(node, f"{indent}\t")
        for key, child in node.children.items():
            if key in HOOK and node.line.startswith("chain "):
                continue
            inside = in_table and key.partition(" ")[0] in _OBJECTS
            yield from nft_lines(child, f"{indent}\t", is_object=inside)
        yield f"{indent}}}"
