"""A UCI configuration as the box's own programs read it: sections by type, options by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface

from siteauto.core.config import ConfigTree, Node
from siteauto.core.config.uci_sections import kind_of, values_of


@dataclass(frozen=True, slots=True)
class Section:
    """One section. `name` is empty where it has none of its own."""

    name: str
    node: Node

    def get(self, option: str, default: str = "") -> str:
        """The value of an option; the first of a list."""
        return next(iter(self.list(option)), default)

    def list(self, option: str) -> tuple[str, ...]:
        """The values of a list; a plain option is its words, as every script takes it."""
        node = self.node.children.get(option)
        if node is None:
            return ()
        values = values_of(node)
        return values if node.line.startswith("list ") else tuple(values[0].split()) if option == "ports" else values

    def is_on(self, option: str, *, default: bool = False) -> bool:
        """Whether a switch is on, in any of the words that OpenWrt takes."""
        word = self.get(option)
        return word in ("1", "on", "true", "yes", "enabled") if word else default


def sections(tree: ConfigTree, package: str, kind: str) -> Iterator[Section]:
    """The sections of this type, in their order."""
    found = tree.children.get(f"package {package}")
    for key, node in found.children.items() if found is not None else ():
        if kind_of(node) == kind:
            yield Section("" if key.startswith("@") else key, node)


def addresses(interface: Section) -> tuple[IPv4Interface, ...]:
    """The static addresses of a network interface, in either form."""
    if interface.get("proto") != "static":
        return ()
    mask = interface.get("netmask")
    return tuple(IPv4Interface(f"{one}/{mask}" if mask and "/" not in one else one) for one in interface.list("ipaddr"))


def gateway(interface: Section) -> IPv4Address | None:
    """Its way to everything else."""
    text = interface.get("gateway")
    return IPv4Address(text) if text else None
