"""The VLANs of the box: those that it makes itself and those of its configuration."""

from siteauto.lab.devices.cisco_ios.answer import has, lines
from siteauto.lab.devices.cisco_ios.parameters import expand_vlans
from siteauto.lab.devices.cisco_ios.view import View

OWN_NAMES = {
    1: "default",
    1002: "fddi-default",
    1003: "token-ring-default",
    1004: "fddinet-default",
    1005: "trnet-default",
}


def vlans_of(view: View) -> frozenset[int]:
    """The VLANs that carry frames: VLAN 1 and those of the configuration."""
    return view.state.vlans | {1}


def vlan_name(view: View, vlan: int) -> str:
    """The name of the configuration, or the box's own: VLAN0010."""
    if vlan in OWN_NAMES:
        return OWN_NAMES[vlan]
    for ids, node in lines(view.running.children, "vlan"):
        if ids[:1].isdigit() and vlan in expand_vlans(ids):
            for name, _ in lines(node.children, "name"):
                return name
    return f"VLAN{vlan:04}"


def vlan_status(view: View, vlan: int) -> str:
    """active, suspended, act/lshut (shut on this box) or act/unsup (the old ring VLANs)."""
    if vlan > 1001 and vlan in OWN_NAMES:
        return "act/unsup"
    for ids, node in lines(view.running.children, "vlan"):
        if ids[:1].isdigit() and vlan in expand_vlans(ids):
            if has(node.children, "shutdown"):
                return "act/lshut"
            if has(node.children, "state suspend"):
                return "suspended"
    return "active"
