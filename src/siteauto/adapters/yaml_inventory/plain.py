"""A site of boxes that are only read: it follows no site standard, and the organisation's network does not reach it.

Such a file is valid as it is. The middle layer that an archetype would be says that there is nothing to configure, so
that all that reads a site's three files goes on to do so.
"""

from siteauto.adapters.yaml_documents import Node

MAY_SAY = frozenset({"site", "address", "timezone", "backup_only", "access"})
NETWORK = frozenset({"vlans", "ssids", "flows", "port_profiles", "demand", "capacity", "devices", "cabling", "ports",
                     "circuits", "rooms", "desks", "unused_ports"})  # fmt: skip
NO_ARCHETYPE = """\
archetype: ""
address: {street: unknown, city: unknown, state: unknown, zip: unknown}
timezone: UTC
supernet: 0.0.0.0/32
vlans: {}
devices: {}
"""


def says_backup_only(own: Node) -> bool:
    """Whether a site's file has nothing but boxes that are only read. Another key means that more was wanted of it."""
    return bool(own.find(("backup_only",)).children) and set(own.children) <= MAY_SAY


def without_network(defaults: Node) -> Node:
    """What the organisation says to a site of which nothing is configured: who it is, and how boxes are reached."""
    kept = {key: node for key, node in defaults.children.items() if key not in NETWORK}
    return Node(value=kept, place=defaults.place, size=defaults.size)
