"""A box as it leaves the factory, and what of it can never be removed."""

from siteauto.core.platform_spec import Hardware

SOFTWARE_VERSION = "4.32.2F"
INTERNAL_VERSION = "4.32.2F-38195967.4322F"
BUILD_ID = "f4d2c1ba-7b8e-4f4e-9d38-1e9c1f0a7d11"
IMAGE = f"flash:/EOS-{SOFTWARE_VERSION}.swi"

FACTORY = """no aaa root
transceiver qsfp default-mode 4x10G
service routing protocols model multi-agent
hostname localhost
spanning-tree mode mstp
"""


def permanent_text(hardware: Hardware) -> str:
    """The sections that are there even in an empty configuration, because the hardware is."""
    return "\n".join((*(f"interface {name}" for name in hardware.ports), "interface Management1", ""))


def factory_text(hardware: Hardware) -> str:
    """The configuration that nobody typed: what `rollback clean-config` goes back to."""
    return FACTORY + permanent_text(hardware)
