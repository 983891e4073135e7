from ipaddress import IPv4Network
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from siteauto.core.models import Role
from siteauto.core.site.addressing import (
    HostRequest,
    SubnetRequest,
    host_address,
    next_free,
    number_hosts,
    plan_subnets,
)

SUPERNET = IPv4Network("10.44.16.0/22")


def requests(**sizes):
    return [SubnetRequest(role=role, prefix=prefix) for role, prefix in sizes.items()]


def test_largest_first_and_in_the_order_of_the_file():
    plan = plan_subnets(SUPERNET, requests(pos=27, corp=25, guest=24, staff=25))
    assert {role: str(network) for role, network in plan.subnets.items()} == {
        "guest": "10.44.16.0/24",
        "corp": "10.44.17.0/25",
        "staff": "10.44.17.128/25",
        "pos": "10.44.18.0/27",
    }
    assert plan.unplaced == ()


def test_pinned_subnets_stay_and_the_others_go_around_them():
    pinned = SubnetRequest(role="mgmt", prefix=27, pinned=IPv4Network("10.44.16.32/27"))
    plan = plan_subnets(SUPERNET, [*requests(a=27, b=27, c=25), pinned])
    assert str(plan.subnets["mgmt"]) == "10.44.16.32/27"
    assert str(plan.subnets["a"]) == "10.44.16.0/27"
    assert str(plan.subnets["b"]) == "10.44.16.64/27"
    assert str(plan.subnets["c"]) == "10.44.16.128/25"


def test_no_room_is_told_by_role():
    assert plan_subnets(SUPERNET, requests(a=23, b=23, c=27)).unplaced == ("c",)
    assert plan_subnets(SUPERNET, requests(a=21)).unplaced == ("a",)


@given(st.dictionaries(st.text("abc", min_size=1, max_size=4), st.integers(24, 30), max_size=12))
def test_a_plan_never_overlaps_and_stays_inside(sizes):
    plan = plan_subnets(SUPERNET, requests(**sizes))
    assert all(network.subnet_of(SUPERNET) for network in plan.subnets.values())
    assert not any(one.overlaps(other) for one, other in combinations(plan.subnets.values(), 2))
    assert set(plan.subnets) | set(plan.unplaced) == set(sizes)
    assert {role: plan.subnets[role].prefixlen for role in plan.subnets} == {r: sizes[r] for r in plan.subnets}


def test_next_free_of_a_taken_supernet():
    assert next_free(SUPERNET, [IPv4Network("10.0.0.0/8")], 27) is None
    assert next_free(SUPERNET, [], 33) is None
    assert str(next_free(SUPERNET, [IPv4Network("10.44.16.0/30")], 24)) == "10.44.17.0/24"


def test_host_numbers():
    numbers = number_hosts(
        [
            HostRequest(short="ap1", role=Role.AP),
            HostRequest(short="sw1", role=Role.CORE, host=2),
            HostRequest(short="sw2", role=Role.ACCESS),
            HostRequest(short="ap2", role=Role.AP),
        ]
    )
    assert numbers == {"sw1": 2, "ap1": 11, "sw2": 3, "ap2": 12}


def test_host_address_never_leaves_the_address_space():
    assert str(host_address(IPv4Network("10.44.19.32/27"), 1)) == "10.44.19.33"
    assert str(host_address(IPv4Network("255.255.255.0/24"), 999)) == "255.255.255.255"
    assert str(host_address(IPv4Network("0.0.0.0/24"), -5)) == "0.0.0.0"
