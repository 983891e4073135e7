"""What Oxidized and RANCID call an operating system. A name that is not here is a gap, which a person must fill in.

A platform that is named here and has no file (yet) is a gap as well: whoever asks says which platforms there are.
"""

from collections.abc import Collection

from siteauto.core.models import PlatformName

OXIDIZED = {  # the name of the model's class, in lower case -> platform
    "aoscx": "aruba_aoscx",
    "aosw": "aruba_os",
    "arubainstant": "aruba_instant",
    "asa": "cisco_asa",
    "asyncos": "cisco_asyncos",
    "cumulus": "cumulus_linux",
    "eos": "arista_eos",
    "fastiron": "ruckus_fastiron",
    "firelinuxos": "cisco_ftd",
    "firewareos": "watchguard_fireware",
    "fortigate": "fortinet",
    "fortios": "fortinet",
    "fsos": "fs_fsos",
    "ios": "cisco_ios",
    "iosxe": "cisco_ios",
    "iosxr": "cisco_xr",
    "ironware": "ruckus_fastiron",
    "junos": "juniper_junos",
    "mlnxos": "mellanox_mlnxos",
    "nxos": "cisco_nxos",
    "openwrt": "openwrt",
    "panos": "paloalto_panos",
    "pfsense": "pfsense",
    "routeros": "mikrotik_routeros",
    "saos10": "ciena_saos10",
    "sonicos": "sonicwall_sonicos",
    "vrp": "huawei_vrp",
    "vyos": "vyos",
}

RANCID = {  # the type in router.db -> platform
    "arista": "arista_eos",
    "cisco": "cisco_ios",
    "cisco-asa": "cisco_asa",
    "cisco-nx": "cisco_nxos",
    "cisco-xr": "cisco_xr",
    "fortigate": "fortinet",
    "fortigate-full": "fortinet",
    "foundry": "ruckus_fastiron",
    "ios": "cisco_ios",
    "juniper": "juniper_junos",
    "junos": "juniper_junos",
    "mikrotik": "mikrotik_routeros",
    "paloalto": "paloalto_panos",
    "vrp": "huawei_vrp",
    "vyos": "vyos",
}


def platform_of(name: str, known: Collection[PlatformName], table: dict[str, str]) -> PlatformName | None:
    """The platform behind another tool's name, or that very name where it is one of ours; None: nobody knows."""
    word = name.strip().lower()
    ours = PlatformName(table.get(word, word))
    return ours if ours in known else None
