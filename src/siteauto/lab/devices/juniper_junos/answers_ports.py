"""Ports, VLANs and neighbours as the command line shows them."""

from collections.abc import Iterator

from siteauto.lab.devices.juniper_junos.answer import Answer, Words, nothing_more
from siteauto.lab.devices.juniper_junos.box import Box
from siteauto.lab.devices.juniper_junos.device_state import vlan_ids
from siteauto.lab.devices.juniper_junos.links import Interface, carried, carriers, interfaces_of
from siteauto.lab.state import PortState

SWITCHING_HEAD = """\
Routing Instance Name : default-switch
Logical Interface flags (DL - disable learning, AD - packet action drop,
                         LH - MAC limit hit, DN - interface down,
                         MMAS - Mac-move action shutdown, AS - Autostate-exclude enabled,
                         SCTL - shutdown by Storm-control, MI - MAC+IP limit hit)

Logical          Vlan          TAG     MAC         MAC+IP STP         Logical           Tagging
interface        members               limit       limit  state       interface flags
"""


def _terse(box: Box, words: Words) -> str:
    """`show interfaces terse [NAME]`."""
    lines = ["Interface               Admin Link Proto    Local                 Remote"]
    for one in interfaces_of(box):
        if words and one.name != words[0].partition(".")[0]:
            continue
        lines.append(f"{one.name:<23} {_word(one.admin_up):<5} {_word(one.link_up)}")
        lines += _unit_lines(one)
    return "\n".join((*lines, ""))


def _unit_lines(one: Interface) -> Iterator[str]:
    for unit in one.units:
        address = f" {unit.address!s:<21}" if unit.address else ""
        family = f"{unit.family:<8}" if address else unit.family
        up = _word(one.admin_up), _word(unit.up)
        yield f"{unit.name:<23} {up[0]:<5} {up[1]:<4} {family}{address}".rstrip()


def _word(up: bool) -> str:  # noqa: FBT001 - it says itself
    return "up" if up else "down"


def _descriptions(box: Box, words: Words) -> str:
    nothing_more(words)
    lines = ["Interface       Admin Link Description"]
    for one in interfaces_of(box):
        if one.description:
            lines.append(f"{one.name:<15} {_word(one.admin_up):<5} {_word(one.link_up):<4} {one.description}")
        lines += [
            f"{unit.name:<15} {_word(one.admin_up):<5} {_word(unit.up):<4} {unit.description}"
            for unit in one.units
            if unit.description
        ]
    return "\n".join((*lines, ""))


def _vlans(box: Box, words: Words) -> str:
    nothing_more(words, "brief")
    text = "\nRouting instance        VLAN name             Tag          Interfaces\n"
    for name, tag in sorted(({"default": 1} | vlan_ids(box.running)).items()):
        text += f"default-switch          {name:<21} {tag:<5}    {'':<23}\n"
        members = [f"{port.name}.0{_star(box, port)}" for port in carriers(box, tag)]
        text += "".join(f"{'':<59}{member}\n" for member in sorted(members))
    return text


def _star(box: Box, port: PortState) -> str:
    return "*" if box.world.link_up(box.spec.name, port.name) else ""


def _switching(box: Box, words: Words) -> str:
    """`show ethernet-switching interface [NAME]`: a head line for each port, and one for each of its VLANs."""
    names = {tag: name for name, tag in ({"default": 1} | vlan_ids(box.running)).items()}
    text = ""
    for port in box.state().ports:
        if port.mode == "routed" or (words and words[0].partition(".")[0] != port.name):
            continue
        tags = {tag: _tagging(port, tag) for tag in sorted(carried(port)) if tag in names}
        kinds = ",".join(sorted(set(tags.values())))
        text += SWITCHING_HEAD + f"{port.name + '.0':<16}{'':<14}{'':<8}{'16384':<12}{'0':<19}{'':<17} {kinds}\n"
        state = "Forwarding" if _star(box, port) else "Discarding"
        text += "".join(
            f"{'':<16} {names[tag]:<13} {tag:<7} {'16384':<11} {'0':<6} {state:<11} {'':<16} {kind}\n"
            for tag, kind in tags.items()
        )
    return text


def _tagging(port: PortState, tag: int) -> str:
    untagged = port.native_vlan if port.mode == "trunk" else port.access_vlan
    return "untagged" if tag == untagged else "tagged"


def _lldp(box: Box, words: Words) -> str:
    nothing_more(words)
    lines = ["Local Interface    Parent Interface    Chassis Id          Port info          System Name"]
    for one in box.world.neighbours(box.spec.name):
        far = one.device
        lines.append(f"{one.port:<18} {'-':<19} {far.base_mac:<19} {one.far_port.name:<18} {far.hostname}")
    return "\n".join((*lines, ""))


ANSWERS = (
    Answer(
        command="show interfaces terse",
        text=_terse,
        source="manual Junos CLI reference, show interfaces terse; the recording is of NAPALM's XML",
    ),
    Answer(
        command="show interfaces descriptions",
        text=_descriptions,
        source="manual Junos CLI reference, show interfaces descriptions",
    ),
    Answer(
        command="show vlans",
        text=_vlans,
        source="recording ntc-templates/juniper_junos/show_vlans/juniper_junos_show_vlans.raw",
    ),
    Answer(
        command="show ethernet-switching interface",
        text=_switching,
        source="manual Juniper, Ethernet Switching User Guide (ELS); columns are counted from its examples",
    ),
    Answer(
        command="show lldp neighbors",
        text=_lldp,
        source="recording ntc-templates/juniper_junos/show_lldp_neighbors/juniper_junos_show_lldp_neighbors.raw",
    ),
)
