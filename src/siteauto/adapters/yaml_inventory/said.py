"""Every value that holds for a site, with the line that says it: what a person would edit."""

from collections.abc import Iterator

from siteauto.adapters.yaml_documents import Node
from siteauto.adapters.yaml_inventory.ports import PortNames
from siteauto.core.change.sources import OF_DEVICES, Said


def all_said(merged: Node, ports: PortNames) -> Iterator[Said]:
    """The single values below the merged document of a site, and each entry that holds values."""
    yield from _below(merged, (), ports)


def _below(node: Node, path: tuple[str, ...], ports: PortNames) -> Iterator[Said]:
    device = path[1] if len(path) > 1 and path[0] in OF_DEVICES else ""
    named = ports.ports(path[1], path[2]) if len(path) > 2 and path[0] == "ports" else ()
    value = node.value if isinstance(node.value, str) else ""
    if path:
        yield Said(path=path, value=value, place=node.key_place or node.place, device=device, ports=named)
    for key, member in node.children.items():
        yield from _below(member, (*path, key), ports)
