"""A simulated AOS-CX campus switch."""

from siteauto.lab.devices.aruba_aoscx.device import AoscxDevice
from siteauto.lab.shell import SimulatedDevice
from siteauto.lab.spec import DeviceSpec


def build(spec: DeviceSpec) -> SimulatedDevice:
    """A box that has booted from its day-0 text."""
    return AoscxDevice(spec)
