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
