"""What the world sees of the box: ports, VLAN interfaces, routes, rules, LLDP."""

from ipaddress import IPv4Address, IPv4Interface, IPv4Network

POLICIES = """
config system zone
edit "inside"
set interface "vl99-mgmt"
next
edit "outside"
set interface "wan1"
end
config firewall address
edit "servers"
set subnet 10.9.0.0/24
next
edit "range"
set type iprange
set start-ip 10.8.0.1
set end-ip 10.8.0.2
end
config firewall addrgrp
edit "both"
set member "servers" "range"
end
config firewall policy
edit 1
set name "to servers"
set srcintf "inside"
set dstintf "outside"
set action accept
set srcaddr "all"
set dstaddr "both"
set schedule "always"
set service "HTTPS"
next
edit 2
set name "ping"
set srcintf "inside"
set dstintf "any"
set action accept
set srcaddr "all"
set dstaddr "all"
set schedule "always"
set service "PING"
next
edit 3
set status disable
set srcintf "any"
set dstintf "any"
set srcaddr "all"
set dstaddr "all"
set schedule "always"
set service "ALL"
end
"""


def port(fortigate, name):
    return next(one for one in fortigate.state().ports if one.name == name)


def test_ports_route_and_have_their_own_address(fortigate):
    wan1 = port(fortigate, "wan1")
    assert (wan1.mode, wan1.address, wan1.mac) == ("routed", IPv4Interface("198.51.100.2/30"), "00:09:0f:aa:00:10")
    assert port(fortigate, "internal1").mac == "00:09:0f:aa:00:13"


def test_a_shut_port_is_shut(fortigate, console):
    console.type("config system interface", "edit wan2", "set status down", "end")
    assert not port(fortigate, "wan2").admin_up


def test_vlan_interfaces_hang_on_their_port(fortigate, console):
    (vlan,) = fortigate.state().vlan_interfaces
    assert (vlan.vlan_id, vlan.name, vlan.parent, vlan.admin_up) == (99, "vl99-mgmt", "internal1", True)
    console.type("config system interface", "edit internal1", "set status down", "end")
    assert not fortigate.state().vlan_interfaces[0].admin_up


def test_the_hardware_switch_bridges_its_ports(make_fortigate):
    fortigate = make_fortigate("")
    assert port(fortigate, "internal3").mode == "access"
    (vlan,) = fortigate.state().vlan_interfaces
    assert (vlan.name, vlan.parent, vlan.address) == ("internal", "", IPv4Interface("192.168.1.99/24"))


def test_logins_are_where_ssh_is_allowed(fortigate, console):
    assert fortigate.state().logins == (IPv4Address("10.44.19.1"),)
    console.type("config system interface", "edit vl99-mgmt", "set allowaccess ping", "end")
    assert fortigate.state().logins == ()


def test_routes_come_by_distance(fortigate, console):
    console.type("config router static", "edit 1", "set gateway 203.0.113.1", "set device wan2", "set distance 20")
    console.type("next", "edit 2", "set gateway 198.51.100.1", "set device wan1", "end")
    hops = [str(route.next_hop) for route in fortigate.state().routes]
    assert hops == ["198.51.100.1", "203.0.113.1"]


def test_policies_become_rules(fortigate, console):
    assert "fail" not in console.type(POLICIES)
    state = fortigate.state()
    assert state.forwards
    first, second = state.filters  # the third is off
    assert first.source_ports == {"vl99-mgmt"}
    assert first.destination_ports == {"wan1"}
    assert first.destinations == (
        IPv4Network("10.9.0.0/24"),
        IPv4Network("10.8.0.1/32"),
        IPv4Network("10.8.0.2/32"),
    )
    assert (first.ping, second.ping) == (False, True)
    assert second.destination_ports == frozenset()


def test_lldp_is_off_until_it_is_turned_on(fortigate, console):
    assert not port(fortigate, "internal1").lldp
    console.type("config system global", "set lldp-transmission enable", "end")
    assert port(fortigate, "internal1").lldp
    console.type("config system interface", "edit wan1", "set lldp-transmission disable", "end")
    assert not port(fortigate, "wan1").lldp
