"""What the box says of its LLDP neighbours."""

from siteauto.lab.devices.aruba_aoscx.answer import RECORDED, Answer
from siteauto.lab.devices.aruba_aoscx.box import Box
from siteauto.lab.world_view import LldpNeighbour

WORDS = {"bridge": "Bridge", "router": "Router", "wlan-ap": "WLAN", "telephone": "Telephone", "station": "Station Only"}
RULE = "-" * 80
TTL = 120


def detail(box: Box, _: tuple[str, ...]) -> str:
    """`show lldp neighbor-info detail`."""
    found = box.spec.world.neighbours(box.spec.name)
    return "\n".join(
        (
            "LLDP Neighbor Information ",
            "=========================",
            f"Total Neighbor Entries          : {len(found)}",
            "Total Neighbor Entries Deleted  : 0",
            "Total Neighbor Entries Dropped  : 0",
            "Total Neighbor Entries Aged-Out : 0",
            RULE,
            *(f"{_entry(one)}\n{RULE}" for one in found),
        )
    )


def _entry(one: LldpNeighbour) -> str:
    device, port = one.device, one.far_port
    capabilities = ", ".join(WORDS.get(each, "Other") for each in device.capabilities)
    rows = (
        ("Port", one.port),
        ("Neighbor Entries", "1"),
        ("Neighbor Entries Deleted", "0"),
        ("Neighbor Entries Dropped", "0"),
        ("Neighbor Entries Aged-Out", "0"),
        ("Neighbor Chassis-Name", device.hostname),
        ("Neighbor Chassis-Description", device.system_description),
        ("Neighbor Chassis-ID", device.base_mac),
        ("Neighbor Management-Address", str(one.management_address or "")),
        ("Chassis Capabilities Available", capabilities),
        ("Chassis Capabilities Enabled", capabilities),
        ("Neighbor Port-ID", port.name),
        ("Neighbor Port-Desc", _described(one)),
        ("Neighbor Port VLAN ID", "" if port.mode == "routed" else str(port.native_vlan)),
        ("TTL", str(TTL)),
    )
    return "\n".join(f"{name:<31}: {value}" for name, value in rows)


def _described(one: LldpNeighbour) -> str:
    return one.far_port.description or one.far_port.name


def summary(box: Box, _: tuple[str, ...]) -> str:
    """`show lldp neighbor-info`."""
    found = box.spec.world.neighbours(box.spec.name)
    rows = [
        f"{one.port:<12}{one.device.base_mac:<19}{one.far_port.name:<29}{_described(one):<30}{TTL:<9}{one.device.hostname}"
        for one in found
    ]
    return "\n".join(
        (
            "",
            "LLDP Neighbor Information ",
            "=========================",
            "",
            f"Total Neighbor Entries          : {len(found)}",
            "Total Neighbor Entries Deleted  : 0",
            "Total Neighbor Entries Dropped  : 0",
            "Total Neighbor Entries Aged-Out : 0",
            "",
            f"{'LOCAL-PORT':<12}{'CHASSIS-ID':<19}{'PORT-ID':<29}{'PORT-DESC':<30}{'TTL':<9}SYS-NAME",
            "-" * 120,
            *rows,
        )
    )


ANSWERS = (
    Answer(
        commands=("show lldp neighbor-info detail",),
        text=detail,
        source=f"{RECORDED}/show_lldp_neighbors-info_detail/show_lldp_neighbors-info_detail.raw",
    ),
    Answer(commands=("show lldp neighbor-info",), text=summary, source="manual HPE AOS-CX 10.13 monitoring guide"),
)
