"""A box as it leaves the factory: the configuration that nobody typed, and what of it can never be removed."""

from siteauto.core.platform_spec import Hardware

SOFTWARE_VERSION = "17.12.04"
SWITCH = """version 17.12
service timestamps debug datetime msec
service timestamps log datetime msec
hostname Switch
boot-start-marker
boot-end-marker
vrf definition Mgmt-vrf
 address-family ipv4
 exit-address-family
 address-family ipv6
 exit-address-family
no aaa new-model
switch 1 provision {provision}
login on-success log
license boot level network-advantage addon dna-advantage
memory free low-watermark processor 131093
diagnostic bootup level minimal
spanning-tree mode rapid-pvst
spanning-tree extend system-id
redundancy
 mode sso
transceiver type all
 monitoring
interface GigabitEthernet0/0
 vrf forwarding Mgmt-vrf
 no ip address
 shutdown
 negotiation auto
{ports}
interface Vlan1
 no ip address
 shutdown
ip forward-protocol nd
ip http server
ip http secure-server
control-plane
 service-policy input system-cpp-policy
line con 0
 stopbits 1
line aux 0
line vty 0 4
 login
line vty 5 15
 login
"""
CONTROLLER = """version 17.12
service timestamps debug datetime msec
service timestamps log datetime msec
platform qos marker-statistics
hostname WLC
boot-start-marker
boot-end-marker
vrf definition Mgmt-intf
 address-family ipv4
 exit-address-family
 address-family ipv6
 exit-address-family
no aaa new-model
login on-success log
subscriber templating
license boot level advanced
memory free low-watermark processor 63709
diagnostic bootup level minimal
spanning-tree extend system-id
redundancy
 mode sso
{ports}
interface GigabitEthernet0
 vrf forwarding Mgmt-intf
 no ip address
 shutdown
 negotiation auto
interface Vlan1
 no ip address
 shutdown
ip forward-protocol nd
ip http server
ip http secure-server
control-plane
line con 0
 stopbits 1
line aux 0
line vty 0 4
 login
line vty 5 15
 login
wireless aaa policy default-aaa-policy
wireless profile policy default-policy-profile
 description "default policy profile"
 vlan default
 no shutdown
wireless tag site default-site-tag
 description "default site tag"
wireless tag policy default-policy-tag
 description "default policy-tag"
wireless tag rf default-rf-tag
 description "default RF tag"
wireless profile flex default-flex-profile
 description "default flex profile"
ap profile default-ap-profile
 description "default ap profile"
"""
LINES = ("line con 0", "line aux 0", "line vty 0 4")


def factory_text(hardware: Hardware, *, controller: bool) -> str:
    """The running configuration of a box that was never configured."""
    ports = "\n".join(_port(name, controller=controller) for name in hardware.ports)
    return (CONTROLLER if controller else SWITCH).format(ports=ports, provision=hardware.model.lower())


def permanent_text(hardware: Hardware, *, controller: bool) -> str:
    """The sections that are there even in an empty configuration, because the hardware is."""
    service_port = "GigabitEthernet0" if controller else "GigabitEthernet0/0"
    names = (service_port, *hardware.ports, "Vlan1")
    return "\n".join((*(f"interface {name}" for name in names), *LINES, ""))


def _port(name: str, *, controller: bool) -> str:
    return f"interface {name}\n negotiation auto" if controller else f"interface {name}"
