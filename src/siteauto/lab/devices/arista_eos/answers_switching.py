"""What the box says of its VLANs and trunks."""

from siteauto.lab.devices.arista_eos.answer import Answer, Arguments, Data
from siteauto.lab.devices.arista_eos.parameters import expand_vlans, short_interface_name, write_vlans
from siteauto.lab.devices.arista_eos.view import View, lines
from siteauto.lab.state import PortState

PORTS_IN_A_LINE = 31
ALL_VLANS = 4094


def vlans(view: View, _: Arguments) -> str:
    """`show vlan`."""
    rows = ["VLAN  Name                             Status    Ports", f"----- {'-' * 32} --------- {'-' * 31}"]
    for number, (name, status) in _vlans(view).items():
        ports = [short_interface_name(port) for port in _members(view, number)]
        first, *rest = _wrapped(ports)
        rows.append(f"{number:<5} {name:<32} {status:<9} {first}".rstrip())
        rows += [f"{'':<48} {more}" for more in rest]
    return "\n".join((*rows, "", ""))


def vlans_data(view: View, _: Arguments) -> Data:
    """`show vlan | json`."""
    found = {
        str(number): {
            "name": name,
            "status": status,
            "dynamic": False,
            "interfaces": {port: {"privatePromoted": False} for port in _members(view, number)},
        }
        for number, (name, status) in _vlans(view).items()
    }
    return {"sourceDetail": "", "vlans": found}


def _vlans(view: View) -> dict[int, tuple[str, str]]:
    found = {1: ("default", "active")}
    for ids, node in lines(view.running.children, "vlan"):
        if not ids[:1].isdigit():
            continue
        said = {child.line for child in node.children.values()}
        name = next((line.split()[1] for line in said if line.startswith("name ")), "")
        for number in expand_vlans(ids):
            status = "suspended" if "state suspend" in said else "active"
            found[number] = (name or f"VLAN{number:04}", status)
    return dict(sorted(found.items()))


def _members(view: View, vlan: int) -> list[str]:
    """Working ports that carry the VLAN; shut and dead ones are not listed, but for access ports."""
    return [port.name for port in view.state.ports if _belongs(view, port, vlan)]


def _belongs(view: View, port: PortState, vlan: int) -> bool:
    if port.mode == "trunk":
        return vlan in port.allowed and view.up(port.name)
    return port.mode == "access" and vlan in (port.access_vlan, port.voice_vlan)


def _wrapped(ports: list[str]) -> list[str]:
    texts = [""]
    for place, port in enumerate(ports):
        word = port if place == len(ports) - 1 else f"{port},"
        longer = f"{texts[-1]} {word}".strip()
        if len(longer) > PORTS_IN_A_LINE:
            texts.append(word)
        else:
            texts[-1] = longer
    return texts


def trunks(view: View, _: Arguments) -> str:
    """`show interfaces trunk`: of working ports."""
    found = [
        port
        for port in view.state.ports
        if view.up(port.name) and (port.mode == "trunk" or port.voice_vlan is not None)
    ]
    names = [short_interface_name(port.name) for port in found]
    active = [_allowed(port) & view.state.vlans for port in found]
    return "\n".join(
        (
            "Port            Mode            Status          Native vlan",
            *(
                f"{name:<15} {'trunk':<15} {'trunking':<15} {port.native_vlan}"
                for name, port in zip(names, found, strict=True)
            ),
            "",
            "Port            Vlans allowed",
            *(f"{name:<15} {_shown(_allowed(port))}" for name, port in zip(names, found, strict=True)),
            "",
            "Port            Vlans allowed and active in management domain",
            *(f"{name:<15} {write_vlans(ids) or 'None'}" for name, ids in zip(names, active, strict=True)),
            "",
            "Port            Vlans in spanning tree forwarding state",
            *(f"{name:<15} {write_vlans(ids) or 'None'}" for name, ids in zip(names, active, strict=True)),
            "",
            "",
        )
    )


def _allowed(port: PortState) -> frozenset[int]:
    if port.mode == "trunk":
        return port.allowed
    return frozenset(vlan for vlan in (port.access_vlan, port.voice_vlan) if vlan is not None)


def _shown(allowed: frozenset[int]) -> str:
    return "All" if len(allowed) == ALL_VLANS else write_vlans(allowed)


ANSWERS = (
    Answer(
        commands=("show vlan", "show vlan brief"),
        text=vlans,
        data=vlans_data,
        source="recording ntc-templates/arista_eos/show_vlan/arista_eos_show_vlan.raw",
    ),
    Answer(
        commands=("show interfaces trunk",),
        text=trunks,
        source="manual Arista's lab guides (MLAG, s1-leaf4) and a published console of vEOS",
    ),
)
