"""Risk: what a line of a platform may do to the site."""

import pytest

from siteauto.core.change.risk import find_lost_objects, find_risks, worst_level
from siteauto.core.config import diff, normalise
from siteauto.platforms import load_platforms

PLATFORMS = load_platforms()
PORT = "interface GigabitEthernet1/0/1\n"

CASES = [
    ("cisco_ios", "interface Vlan99\n ip address 10.0.0.1 255.255.255.0", "interface Vlan99", "management path"),
    ("cisco_ios", "interface Vlan990\n description a", "interface Vlan990\n description b", ""),
    ("cisco_ios", "ip default-gateway 10.0.0.1", "ip default-gateway 10.0.0.2", "management path"),
    ("cisco_ios", "vlan 99\n name MGMT", "", "management path"),
    ("cisco_ios", "", "tacacs server a\n address ipv4 10.0.0.1", "AAA"),
    ("cisco_ios", "username a privilege 15", "", "AAA"),
    (
        "cisco_ios",
        PORT + " switchport trunk allowed vlan 10,20",
        PORT + " switchport trunk allowed vlan 10",
        "VLAN off a trunk",
    ),
    ("cisco_ios", PORT + " switchport trunk allowed vlan 10", PORT + " switchport trunk allowed vlan 10,20", ""),
    ("cisco_ios", "vlan 30\n name VOICE", "", "VLAN off a trunk"),
    ("cisco_ios", "", "vlan 30\n name VOICE", ""),
    ("cisco_ios", PORT + " speed 100", PORT, "interface flap"),
    ("cisco_ios", PORT + " description a", PORT + " description b", ""),
    ("cisco_ios", "router bgp 65000\n neighbor 10.0.0.1 remote-as 65001", "router bgp 65000", "routing peer"),
    ("cisco_ios", "", "ip access-list extended A\n 10 permit ip any any", "access-list window"),
    (
        "fortinet",
        'config system interface\nedit "vl99-mgmt"\nset ip 10.0.0.1 255.255.255.0\nnext\nend',
        'config system interface\nedit "vl99-mgmt"\nset ip 10.0.0.2 255.255.255.0\nnext\nend',
        "management path",
    ),
    ("fortinet", "", 'config system admin\nedit "x"\nset accprofile "super_admin"\nnext\nend', "AAA"),
    ("fortinet", "", "config router static\nedit 1\nset gateway 10.0.0.1\nnext\nend", "routing peer"),
    ("fortinet", "", 'config firewall policy\nedit 1\nset name "a"\nnext\nend', "access-list window"),
    ("fortinet", "", 'config firewall address\nedit "a"\nset subnet 10.0.0.1 255.255.255.255\nnext\nend', ""),
]


def forti(table, *lines):
    return "\n".join((f"config {table}", "edit 1", *lines, "next", "end"))


def junos(*lines):
    return "".join(f"set {line}\n" for line in lines)


# Each kind on each platform that is pushed: what the device holds, and what it shall hold.
EOS_PORT, CX_PORT, NX_PORT = "interface Ethernet1\n", "interface 1/1/1\n    no shutdown\n", "interface Ethernet1/1\n"
EVERYWHERE = {
    "arista_eos": {
        "management path": (
            "interface Vlan99\n   ip address 10.0.0.1/24",
            "interface Vlan99\n   ip address 10.0.0.2/24",
        ),
        "AAA": ("tacacs-server host 10.0.0.1", "tacacs-server host 10.0.0.2"),
        "VLAN off a trunk": (
            EOS_PORT + "   switchport trunk allowed vlan 10,20",
            EOS_PORT + "   switchport trunk allowed vlan 10",
        ),
        "interface flap": (EOS_PORT + "   speed 100full", EOS_PORT),
        "routing peer": ("router bgp 65000\n   neighbor 10.0.0.1 remote-as 65001", "router bgp 65000"),
        "access-list window": ("", "ip access-list A\n   10 permit ip any any"),
    },
    "juniper_junos": {
        "management path": ("", junos("interfaces irb unit 99 family inet address 10.0.0.1/24")),
        "AAA": (junos("system tacplus-server 10.0.0.1 port 49"), ""),
        "VLAN off a trunk": (
            junos("interfaces ge-0/0/1 unit 0 family ethernet-switching vlan members [ 10 20 ]"),
            junos("interfaces ge-0/0/1 unit 0 family ethernet-switching vlan members [ 10 ]"),
        ),
        "interface flap": ("", junos("interfaces ge-0/0/1 disable")),
        "routing peer": ("", junos("protocols bgp group a neighbor 10.0.0.1")),
        "access-list window": ("", junos("firewall family inet filter A term a then accept")),
    },
    "fortinet": {
        "management path": ("", forti("firewall local-in-policy", "set action accept")),
        "AAA": (
            forti("user tacacs+", 'set secondary-server "10.0.0.1"'),
            forti("user tacacs+", 'set secondary-server "10.0.0.2"'),
        ),
        "VLAN off a trunk": (
            'config system interface\nedit "lan"\nnext\nedit "vl30-pos"\nset vlanid 30\nnext\nend',
            'config system interface\nedit "lan"\nnext\nend',
        ),
        "interface flap": ("", 'config system interface\nedit "port1"\nset status down\nnext\nend'),
        "routing peer": ("", "config router bgp\nset as 65000\nend"),
        "access-list window": ("", forti("firewall policy", "set action deny")),
    },
    "aruba_aoscx": {
        "management path": ("", "ip route 0.0.0.0/0 10.0.0.1"),
        "AAA": ("tacacs-server host 10.0.0.1", ""),
        "VLAN off a trunk": (CX_PORT + "    vlan trunk allowed 10,20", CX_PORT + "    vlan trunk allowed 10"),
        "interface flap": (CX_PORT + "    speed 100-full", CX_PORT),
        "routing peer": ("router bgp 65000\n    neighbor 10.0.0.1 remote-as 65001", "router bgp 65000"),
        "access-list window": ("", "access-list ip A\n    10 permit any any any"),
    },
    "openwrt": {
        "management path": ("", "package dropbear\n\nconfig dropbear\n\toption Port '22'\n"),
        "AAA": ("", "package rpcd\n\nconfig login\n\toption username 'root'\n"),
        "VLAN off a trunk": (
            "package network\n\nconfig bridge-vlan\n\toption device 'br-lan'\n\toption vlan '30'\n",
            "package network\n",
        ),
        "interface flap": ("", "package wireless\n\nconfig wifi-device 'radio0'\n\toption channel '36'\n"),
    },
    "cisco_nxos": {
        "management path": ("", "interface Vlan99\n  ip address 10.0.0.1/24"),
        "AAA": ("tacacs-server host 10.0.0.1", ""),
        "VLAN off a trunk": (
            NX_PORT + "  switchport trunk allowed vlan 10,20",
            NX_PORT + "  switchport trunk allowed vlan 10",
        ),
        "interface flap": (NX_PORT + "  speed 1000", NX_PORT),
        "routing peer": ("", "router bgp 65000"),
        "access-list window": ("", "ip access-list A\n  10 permit ip any any"),
    },
}
CASES += [(name, *sides, kind) for name, kinds in EVERYWHERE.items() for kind, sides in kinds.items()]


@pytest.mark.parametrize(("platform", "running", "intended", "kind"), CASES)
def test_the_worst_risk_of_a_change(platform, running, intended, kind):
    spec = PLATFORMS[platform]
    found = diff(normalise(spec.config, running), normalise(spec.config, intended))
    risks = find_risks(found.significant, spec, management_vlan=99)
    assert (risks[0].kind if risks else "") == kind
    assert (worst_level(risks) == "low") == (kind == "")


def test_an_object_that_goes_while_the_intent_refers_to_it():
    rules = PLATFORMS["cisco_ios"].config
    port = PORT + " ip access-group A in\n"
    running = normalise(rules, f"ip access-list extended A\n 10 permit ip any any\n{port}")
    assert [risk.kind for risk in find_lost_objects(running, normalise(rules, port))] == ["object in use"]
    assert find_lost_objects(running, running) == ()
