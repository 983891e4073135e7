"""A box as it leaves the factory: what family it is of, what it runs then, and what of it can never be removed."""

from dataclasses import dataclass

from siteauto.core.platform_spec import Hardware


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """What the boxes of a family have in common. `service_port`: it has one for out-of-band management."""

    title: str
    software: str
    service_port: bool = True
    routed: bool = False  # whether a port says that it does not route


PL, ML, FL = "PL.10.13.1101", "ML.10.13.1101", "FL.10.13.1101"
TITLES = {
    "JL677A": "6100 24G CL4 4SFP+ Swch",
    "JL675A": "6100 48G CL4 4SFP+ Swch",
    "JL725A": "6200F 24G CL4 4SFP+ Swch",
    "JL727A": "6200F 48G CL4 4SFP+ Swch",
    "JL728A": "6200F 48G CL4 4SFP+740W Swch",
    "R8Q68A": "6200M 24G CL4 4SFP+ Swch",
    "R8Q70A": "6200M 48G CL4 PoE 4SFP+ Sw",
    "JL661A": "6300M 48G CL4 PoE 4SFP56 Sw",
    "JL662A": "6300M 24G CL4 PoE 4SFP56 Sw",
    "JL663A": "6300M 48G 4SFP56 Swch",
    "JL665A": "6300F 48G CL4 PoE 4SFP56 Sw",
    "JL762A": "6300M 48G 4SFP56 BF Swch",
}
SERVICE_PORT = "interface mgmt\n    no shutdown\n    ip dhcp\n"


def family_of(model: str) -> Family:
    """The family of this order number."""
    title = TITLES.get(model, model)
    match title[:4]:
        case "6100":
            return Family(title=title, software=PL, service_port=False)
        case "6200":
            return Family(title=title, software=ML)
        case _:
            return Family(title=title, software=FL, routed=True)


def factory_text(hardware: Hardware, family: Family) -> str:
    """The running configuration of a box that was never configured."""
    ports = "".join(_port(name, family) for name in hardware.ports)
    service = (
        ("ssh server vrf mgmt\n", SERVICE_PORT, "https-server vrf mgmt\n") if family.service_port else ("", "", "")
    )
    return (
        f"hostname {title_word(family)}\n"
        "ssh server vrf default\n"
        f"{service[0]}vlan 1\nspanning-tree\n{service[1]}{ports}"
        "interface vlan 1\n    ip dhcp\n"
        f"https-server vrf default\n{service[2]}"
    )


def permanent_text(hardware: Hardware, family: Family) -> str:
    """The sections that are there even in an empty configuration, because the hardware is."""
    names = (*(("mgmt",) if family.service_port else ()), *hardware.ports)
    return "vlan 1\n" + "".join(f"interface {name}\n" for name in names)


def title_word(family: Family) -> str:
    """What a new box is called: 6300."""
    return family.title[:4]


def _port(name: str, family: Family) -> str:
    routing = "    no routing\n" if family.routed else ""
    return f"interface {name}\n    no shutdown\n{routing}    vlan access 1\n"
