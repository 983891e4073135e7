"""A box as it leaves the factory, and what it says of its software."""

from siteauto.core.models import Role
from siteauto.core.platform_spec import Hardware

VERSION = "21.4R3-S5.4"
BUILT = "2023-09-20 10:12:31 UTC"
FACTORY = """\
system {{
    auto-snapshot;
    services {{
        ssh;
        netconf {{
            ssh;
        }}
    }}
    syslog {{
        file messages {{
            any notice;
            authorization info;
        }}
    }}
    phone-home {{
        server https://redirect.juniper.net;
        rfc-compliant;
    }}
}}
chassis {{
    auto-image-upgrade;
}}
interfaces {{
{ports}
}}
protocols {{
    lldp {{
        interface all;
    }}
    rstp {{
        interface all;
    }}
}}
vlans {{
    default {{
        vlan-id 1;
    }}
}}
"""
PORT = """\
    {name} {{
        unit 0 {{
            family ethernet-switching;
        }}
    }}"""


def factory_text(hardware: Hardware) -> str:
    """The configuration that nobody typed. It has no password for root: it cannot be committed again as it stands."""
    return FACTORY.format(ports="\n".join(PORT.format(name=name) for name in hardware.ports))


def is_firewall(hardware: Hardware) -> bool:
    """Whether it is an SRX."""
    return Role.FIREWALL in hardware.roles


def software(hardware: Hardware) -> str:
    """As LLDP says it."""
    kind = "internet router" if is_firewall(hardware) else "Ethernet Switch"
    return (
        f"Juniper Networks, Inc. {hardware.model.lower()} {kind}, kernel JUNOS {VERSION}, Build date: {BUILT} "
        "Copyright (c) 1996-2023 Juniper Networks, Inc."
    )
