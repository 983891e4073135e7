"""What a platform's own class has changed stays; the rest of Netmiko's reading is ours."""

import pytest
from netmiko import BaseConnection, ConnectHandler, platforms, ssh_dispatcher

from siteauto.adapters.event_driven_netmiko import EventDriven, Guarded, event_driven

OURS = [name for name in vars(EventDriven) if callable(getattr(EventDriven, name)) and hasattr(BaseConnection, name)]


@pytest.mark.parametrize("device_type", [name for name in platforms if not name.endswith(("_telnet", "_serial"))])
def test_a_platform_keeps_what_it_has_changed(device_type):
    plain, woken = ssh_dispatcher(device_type), event_driven(device_type)
    for name in OURS:
        changed = getattr(plain, name) is not getattr(BaseConnection, name)
        assert getattr(woken, name) is getattr(plain if changed else EventDriven, name), name


@pytest.mark.parametrize("device_type", platforms)
def test_no_platform_has_a_say_in_host_keys(device_type):
    assert event_driven(device_type)._build_ssh_client is Guarded._build_ssh_client


def test_it_takes_what_netmiko_takes():
    with pytest.raises(ValueError, match="host"):
        ConnectHandler(device_type="cisco_ios")
    with pytest.raises(ValueError, match="host"):
        event_driven("cisco_ios")(device_type="cisco_ios")
