"""Each check fails for the right reason, in words that say what to do; and nothing passes unread."""

from dataclasses import replace

import pytest
from tests.unit.checks import intents

from siteauto.core.checks import KINDS, Status
from siteauto.core.checks.judge import JUDGES, judge
from siteauto.core.checks.judge_ports import same_port
from siteauto.core.checks.plan import plan_checks
from siteauto.core.checks.plan_ports import plan_ports
from siteauto.core.intent import Port
from siteauto.core.readings import (
    AccessPointReading,
    ClockReading,
    ConfigReading,
    IdentityReading,
    InterfaceReading,
    NeighbourReading,
    PingReading,
    PolicyReading,
    RouteReading,
    SsidReading,
    TrunkReading,
    VlanReading,
)
from siteauto.platforms import load_platforms

CHECKS = plan_checks([intents.switch(), intents.controller(), intents.firewall()], load_platforms())


def check(kind, subject=""):
    return next(each for each in CHECKS if each.kind == kind and subject in each.subject)


def interface(name, *, admin_up=True, link_up=True, mode="trunk", vlan=None, state="connected", fault=""):
    return InterfaceReading(
        name=name, admin_up=admin_up, link_up=link_up, mode=mode, vlan=vlan, state=state, fault=fault
    )


def rule(number, name, *, accept=True, nat=False, logged=False, services=("https",), everything=False, enabled=True):
    return PolicyReading(
        id=number,
        name=name,
        accept=accept,
        source_zone="any" if everything else "pci",
        destination_zone="any" if everything else "internet",
        sources=("all",) if everything else ("net-pos",),
        destinations=("all",) if everything else ("payment-hosts",),
        services=("ALL",) if everything else services,
        nat=nat,
        logged=logged,
        enabled=enabled,
    )


DENY = rule(9999, "deny-all", accept=False, everything=True, logged=True)
RULES = (rule(10, "payment", nat=True), rule(20, "calls"), DENY)
CONTENT = {"sources": ("10.44.16.0/27",), "destinations": ("203.0.113.16/28",), "services": ("tcp/443",)}
WITHOUT_NAMES = (replace(RULES[0], **CONTENT), replace(RULES[1], **CONTENT), DENY)
AP = AccessPointReading(name="AP68E5.9E10.2A40", model="CW9166I-B", state="Registered", mac="68e5.9e10.2a40")
STAFF = SsidReading(wlan_id=2, profile="staff", ssid="Maison-Staff", enabled=True, security="wpa3-sae")
EDGE, AP_PORT, SPARE = (f"GigabitEthernet1/0/{number}" for number in (1, 47, 48))
UP = intents.UPLINK
GOOD_VLANS = (VlanReading(id=10, name="corp", active=True), VlanReading(id=99, name="mgmt", active=True))
SEEN = (
    NeighbourReading(port=UP, device="us-nyc-mad01-sw1.example.net", device_port="Te1/1/1", capabilities=("bridge",)),
    NeighbourReading(port=AP_PORT, device="us-nyc-mad01-ap1", device_port="Gi0", capabilities=("bridge", "wlan-ap")),
)
PHONE = NeighbourReading(
    port=EDGE, device="SEP0011", device_port="001122334455:P1", capabilities=("bridge", "telephone")
)
STRANGER = NeighbourReading(port=EDGE, device="cheap-switch", device_port="1", capabilities=("bridge",))

PASSING = [
    (check("identity", ""), (IdentityReading(model="C9200L-48P-4X", serial="JAE27190X4M", version="17.12.04"),)),
    (check("running_intended"), (ConfigReading(),)),
    (check("running_saved"), (ConfigReading(),)),
    (check("interface", UP), (interface(UP),)),
    (check("interface", EDGE), (interface(EDGE, link_up=False, mode="access", vlan=10, state="notconnect"),)),
    (check("interface", EDGE), (interface(EDGE, mode="access", vlan=60),)),
    (check("interface", AP_PORT), (interface(AP_PORT, mode="access", vlan=99),)),
    (check("interface", SPARE), (interface(SPARE, admin_up=False, link_up=False, mode="access", state="disabled"),)),
    (check("vlan", "VLAN 10"), GOOD_VLANS),
    (check("no_extra_vlans"), GOOD_VLANS),
    (check("trunk"), (TrunkReading(port=UP, native_vlan=999, allowed=(10, 99)),)),
    (check("neighbour", UP), SEEN),
    (check("neighbour", AP_PORT), SEEN),
    (check("no_unexpected_neighbours"), (*SEEN, PHONE)),
    (check("default_route"), (RouteReading(prefix="0.0.0.0/0", next_hop="10.44.19.1"),)),
    (check("ping", "gateway"), (PingReading(sent=5, received=4),)),
    (check("clock"), (ClockReading(synchronised=True, server="10.0.0.5", stratum=3),)),
    (check("ssid"), (STAFF,)),
    (check("ssid_vlan"), (SsidReading(wlan_id=0, profile="staff", ssid="", enabled=True, vlan="40"),)),
    (check("ssid_vlan"), (SsidReading(wlan_id=0, profile="staff", ssid="", enabled=True, vlan="staff"),)),
    (check("access_point"), (AP,)),
    (check("policy", "policy 10"), RULES),
    (check("policy", "policy 10"), WITHOUT_NAMES),
    (check("policy_order"), WITHOUT_NAMES),
    (check("default_deny"), WITHOUT_NAMES),
    (check("policy_order"), RULES),
    (check("default_deny"), RULES),
]

FAILING = [
    (
        check("identity"),
        (IdentityReading(model="C9200L-24P-4G", serial="JAE24000000", version="17.9.4"),),
        (
            "us-nyc-mad01-sw2: hardware answered as another box. Expected: C9200L-48P-4X JAE27190X4M. "
            "Actual: C9200L-24P-4G JAE24000000. Correct the inventory, or put the right box in place."
        ),
    ),
    (
        check("running_intended"),
        (ConfigReading(differences=("- ntp server 10.0.0.9", "+ ntp server 10.0.0.5")),),
        (
            "us-nyc-mad01-sw2: running configuration differs. Expected: equal to the intended one. "
            "Actual: 2 lines: - ntp server 10.0.0.9; + ntp server 10.0.0.5. Run siteauto plan us-nyc-mad01."
        ),
    ),
    (
        check("interface", UP),
        (interface(UP, link_up=False, state="notconnect"),),
        (
            "us-nyc-mad01-sw2: uplink TenGigabitEthernet1/1/1 is down. Expected: up. Actual: notconnect. "
            "Check the patch to us-nyc-mad01-sw1 TenGigabitEthernet1/1/1."
        ),
    ),
    (check("interface", UP), (interface(UP, admin_up=False, link_up=False, state="disabled"),), "is shut"),
    (check("interface", UP), (interface(UP, mode="access", vlan=1),), "is not in trunk mode"),
    (check("interface", UP), (interface(EDGE),), "the device lists no such port"),
    (
        check("interface", EDGE),
        (interface(EDGE, link_up=False, mode="access", vlan=10, state="err-disabled", fault="err-disabled"),),
        "was shut by the device itself",
    ),
    (check("interface", AP_PORT), (interface(AP_PORT, mode="access", vlan=10),), "Expected: VLAN 99. Actual: VLAN 10"),
    (
        check("interface", EDGE),
        (interface(EDGE, link_up=False, mode="access", vlan=60, state="notconnect"),),
        "Expected: VLAN 10. Actual: VLAN 60",
    ),
    (check("interface", SPARE), (interface(SPARE, mode="access", vlan=1),), "is not shut"),
    (check("vlan", "VLAN 10"), GOOD_VLANS[1:], "VLAN 10 is missing. Expected: active, name corp. Actual: VLANs 99"),
    (check("vlan", "VLAN 10"), (VlanReading(id=10, name="corp", active=False),), "is not active"),
    (check("vlan", "VLAN 10"), (VlanReading(id=10, name="CORP", active=True),), "name CORP"),
    (check("no_extra_vlans"), (*GOOD_VLANS, VlanReading(id=666, name="x", active=True)), "also 666"),
    (check("trunk"), (TrunkReading(port=UP, native_vlan=999, allowed=(10,)),), "missing 99"),
    (check("trunk"), (TrunkReading(port=UP, native_vlan=999, allowed=(10, 20, 99)),), "too many 20"),
    (check("trunk"), (TrunkReading(port=UP, native_vlan=1, allowed=(10, 99)),), "has the wrong native VLAN"),
    (check("trunk"), (), "does not trunk"),
    (
        check("neighbour", UP),
        (),
        (
            f"us-nyc-mad01-sw2: port {UP} has no neighbour. Expected: us-nyc-mad01-sw1 {UP}. Actual: LLDP sees nobody. "
            f"Check the patch to us-nyc-mad01-sw1 {UP}."
        ),
    ),
    (
        check("neighbour", UP),
        (NeighbourReading(port=UP, device="us-nyc-mad01-sw1", device_port="Te1/1/3"),),
        "Actual: us-nyc-mad01-sw1 Te1/1/3",
    ),
    (
        check("neighbour", UP),
        (NeighbourReading(port=UP, device="us-nyc-mad01-sw11", device_port="Te1/1/1"),),
        "is cabled to another port",
    ),
    (check("no_unexpected_neighbours"), (*SEEN, STRANGER), f"cheap-switch on {EDGE}"),
    (check("default_route"), (), "no default route"),
    (check("default_route"), (RouteReading(prefix="0.0.0.0/0", next_hop="10.44.19.2"),), "via 10.44.19.2"),
    (check("ping", "gateway"), (PingReading(sent=5, received=0),), "does not answer"),
    (check("ping", "gateway"), (PingReading(sent=5, received=3),), "loses packets"),
    (check("clock"), (ClockReading(synchronised=False, stratum=16),), "is not synchronised"),
    (check("clock"), (ClockReading(synchronised=True, server="10.9.9.9"),), "follows another server"),
    (check("ssid"), (), "is missing"),
    (
        check("ssid"),
        (SsidReading(wlan_id=2, profile="staff", ssid="Maison-Staff", enabled=False, security="wpa3-sae"),),
        "is not enabled",
    ),
    (
        check("ssid"),
        (SsidReading(wlan_id=2, profile="staff", ssid="Maison-Staff", enabled=True, security="[WPA2][PSK][AES]"),),
        "has the wrong security",
    ),
    (
        check("ssid"),
        (SsidReading(wlan_id=2, profile="staff", ssid="Other", enabled=True, security="wpa3-sae"),),
        "has another name",
    ),
    (
        check("ssid_vlan"),
        (SsidReading(wlan_id=0, profile="staff", ssid="", enabled=True, vlan="50"),),
        "puts clients into the wrong VLAN. Expected: VLAN 40 staff. Actual: VLAN 50",
    ),
    (
        check("ssid_vlan"),
        (SsidReading(wlan_id=0, profile="staff", ssid="", enabled=False, vlan="40"),),
        "is not served",
    ),
    (check("access_point"), (), "has not joined"),
    (
        check("access_point"),
        (AccessPointReading(name="x", model="CW9162I-B", state="Registered", mac="68e5.9e10.2a40"),),
        "is another model",
    ),
    (
        check("access_point"),
        (AccessPointReading(name="x", model="CW9166I-B", state="Downloading", mac="68e5.9e10.2a40"),),
        "is not in service",
    ),
    (check("policy", "policy 20"), (RULES[0], DENY), "no policy with number 20"),
    (
        check("policy", "policy 20"),
        (RULES[0], rule(20, "calls", services=("https", "ssh")), DENY),
        "policy 20 calls differs. Expected: services https. Actual: services https, ssh",
    ),
    (
        check("policy", "policy 20"),
        (replace(WITHOUT_NAMES[1], sources=("10.44.0.0/16",)),),
        "policy 20 calls differs. Expected: sources 10.44.16.0/27. Actual: sources 10.44.0.0/16",
    ),
    (check("policy", "policy 10"), (rule(10, "payment"),), "Expected: NAT on. Actual: NAT off"),
    (check("policy", "policy 10"), (rule(10, "payment", nat=True, enabled=False),), "Actual: state disabled"),
    (check("policy_order"), (RULES[1], RULES[0], DENY), "are not in the intended order"),
    (check("policy_order"), (*RULES[:2], rule(30, "open"), DENY), "30 open"),
    (check("default_deny"), (), "is missing"),
    (check("default_deny"), RULES[:2], "the last policy, 20 calls, accepts something only"),
    (check("default_deny"), (DENY, rule(5, "any", everything=True)), "5 any, accepts everything"),
    (check("default_deny"), (rule(9999, "deny-all", accept=False, everything=True),), "does not log"),
]


@pytest.mark.parametrize(("asked", "readings"), PASSING, ids=lambda value: getattr(value, "title", ""))
def test_what_is_as_intended_passes(asked, readings):
    result = judge(asked, readings)
    assert (result.status, result.problem) == (Status.PASS, ""), result.message


@pytest.mark.parametrize(("asked", "readings", "words"), FAILING, ids=lambda value: str(getattr(value, "kind", "")))
def test_what_is_not_fails_and_says_why(asked, readings, words):
    result = judge(asked, readings)
    assert result.status is Status.FAIL
    assert words in result.message
    assert result.next_step


def test_every_kind_that_is_judged_has_a_case_for_either_end():
    assert {asked.kind for asked, _ in PASSING} == set(JUDGES) == set(KINDS) - {"reachable"}
    assert {asked.kind for asked, _, _ in FAILING} == set(JUDGES) - {"running_saved"}


@pytest.mark.parametrize("kind", sorted(JUDGES))
def test_an_empty_reading_never_passes(kind):
    assert judge(check(kind), ()).status in (Status.FAIL, Status.ERROR)


@pytest.mark.parametrize("kind", sorted(JUDGES))
def test_a_reading_of_another_kind_never_passes(kind):
    wrong = (
        PingReading(sent=5, received=5) if kind != "ping" else RouteReading(prefix="0.0.0.0/0", next_hop="10.44.19.1")
    )
    assert judge(check(kind), (wrong,)).status in (Status.FAIL, Status.ERROR)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Te1/1/1", "TenGigabitEthernet1/1/1", True),
        ("Gi1/0/1", "Gi1/0/11", False),
        ("Gi1/0/1", "Te1/0/1", False),
        ("internal1", "internal1", True),
        ("1", "GigabitEthernet1", False),
    ],
)
def test_ports_are_the_same_when_only_letters_are_cut(one, other, same):
    assert same_port(one, other) is same


def test_a_spare_port_that_the_box_does_not_list_for_want_of_a_transceiver_is_shut():
    spare = Port(name="xe-0/1/3", kind="disabled", description="unused")
    box = replace(intents.switch(), ports=(spare,), vlans=())
    (with_optics,), (fixed,) = plan_ports(box, {spare.name}), plan_ports(box)
    listed = InterfaceReading(name="xe-0/1/3", admin_up=True, link_up=False)
    others = (replace(listed, name="ge-0/0/0"),)
    assert judge(with_optics, others).actual == "not listed: no transceiver is in it"
    assert judge(with_optics, (listed,)).problem == "is not shut"
    assert judge(fixed, others).problem == "is not there"
