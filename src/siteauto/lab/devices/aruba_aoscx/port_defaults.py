"""What a port is when nobody says: in VLAN 1, or a trunk of all VLANs where only its own is named."""

from siteauto.core.config import ConfigTree, apply
from siteauto.core.config.tree import Node
from siteauto.core.platform_spec import Hardware

OTHER_USES = ("lag ", "routing", "ip address ")


def with_defaults(tree: ConfigTree, hardware: Hardware) -> ConfigTree:
    """The tree with every switched port either in one VLAN or a trunk, as the box always shows it."""
    lines: list[str] = []
    for name in hardware.ports:
        node = tree.find(f"interface {name}")
        wanted = _correction(node) if node is not None else ()
        lines += (f"interface {name}", *(f"    {line}" for line in wanted), "exit") if wanted else ()
    return apply(tree, lines) if lines else tree


def _correction(node: Node) -> tuple[str, ...]:
    lines = [child.line for child in node.children.values()]
    if any(line.startswith(OTHER_USES) for line in lines):
        return ()
    access = [line for line in lines if line.startswith("vlan access ")]
    if any(line.startswith("vlan trunk ") for line in lines):
        return tuple(f"no {line}" for line in access)
    return () if access else ("vlan access 1",)
