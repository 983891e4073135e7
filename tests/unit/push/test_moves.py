"""When a management address may move within a change, and why not."""

import json
from dataclasses import replace
from ipaddress import IPv4Address

import pytest

from siteauto.core.change.address_move import AddressMove, Mover, names_address, unsound_moves
from siteauto.core.change.plan import plan_from_dict, plan_to_dict
from siteauto.platforms import load_platforms

MOVE = AddressMove(found="10.0.0.2", planned="10.0.9.2")
MOVER = Mover(
    device="sw1", host="10.0.0.2", path=("fw1",), move=MOVE, changes=True, timed=True, at_once=True, holds_planned=True
)
STAYS = replace(MOVER, device="fw1", host="10.0.0.1", path=(), move=None)


def reasons(*movers):
    return unsound_moves({one.device: one for one in movers})


def test_a_device_whose_timer_brings_its_address_back_may_move():
    assert reasons(MOVER, STAYS) == {}


@pytest.mark.parametrize(
    ("mover", "told"),
    [
        (replace(MOVER, timed=False), "has no timer that would bring the old one back"),
        (replace(MOVER, at_once=False), "its lines are typed one by one"),
        (replace(MOVER, holds_planned=False), "its new configuration does not name that"),
    ],
)
def test_one_that_would_be_lost_may_not(mover, told):
    (reason,) = reasons(mover, STAYS).values()
    assert told in reason
    assert "from 10.0.0.2 to 10.0.9.2" in reason


def test_an_address_that_somebody_has_is_not_taken_although_he_moves_too():
    swapped = replace(MOVER, device="sw2", host="10.0.9.2", move=AddressMove(found="10.0.9.2", planned="10.0.0.2"))
    found = reasons(MOVER, swapped)
    assert "which sw2 has" in found["sw1"]
    assert "which sw1 has" in found["sw2"]


def test_behind_a_device_that_is_changed_last_nothing_moves():
    last = replace(STAYS, timed=False)
    assert "fw1 on the way to it has no timer and is changed last" in reasons(MOVER, last)["sw1"]
    assert reasons(MOVER, replace(last, changes=False)) == {}


def test_what_can_move_is_what_goes_live_by_one_command():
    known = load_platforms().values()
    able = {str(one.name) for one in known for method in one.push if method.at_once and method.timer.kind != "none"}
    assert able == {"arista_eos", "cisco_ios", "fortinet", "juniper_junos", "openwrt"}


def test_only_the_whole_address_counts():
    assert names_address("ip address 10.0.9.2/24", IPv4Address("10.0.9.2"))
    assert not names_address("ip address 10.0.9.20/24 110.0.9.2 10.0.9.2.in-addr", IPv4Address("10.0.9.2"))


def test_a_plan_says_of_a_move_what_is_kept_in_the_journal_and_nothing_where_none_is(site):
    plan = site.plan()
    assert not any("move" in one for one in plan_to_dict(plan)["devices"])
    moved = replace(plan, devices=tuple(replace(one, move=MOVE) for one in plan.devices))
    assert plan_from_dict(json.loads(json.dumps(plan_to_dict(moved)))) == moved
