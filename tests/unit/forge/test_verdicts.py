"""Statuses of sites, few or very many."""

from tests.forges.plans import device_of, hunk_of, plan_of

from siteauto.core.change.three_way import Label
from siteauto.core.forge import State
from siteauto.core.forge.verdicts import MOST, WHOLE, site_statuses

HEAD = "b" * 40


def plan_of_sites(count, *, collisions=()):
    return plan_of(
        HEAD,
        *(
            device_of(site=f"us-nyc-s{number:03}", hunks=[hunk_of(label=label)])
            for number in range(count)
            for label in [Label.COLLISION if number in collisions else Label.CHANGE]
        ),
    )


def test_each_site_has_one():
    assert len(site_statuses(plan_of_sites(MOST), (), "")) == MOST


def test_of_very_many_the_worst_are_named_and_one_is_for_all():
    found = {one.name: one for one in site_statuses(plan_of_sites(500, collisions=(444, 499)), (), "")}
    assert len(found) == MOST
    assert (found[WHOLE].state, found[WHOLE].description) == (
        State.FAILURE,
        "500 sites: 2 failure, 498 success; 49 are named",
    )
    assert {f"{WHOLE}/us-nyc-s444", f"{WHOLE}/us-nyc-s499"} <= set(found)


def test_what_is_marked_so_already_is_not_marked_again():
    plan = plan_of_sites(500)
    assert site_statuses(plan, site_statuses(plan, (), ""), "another run") == ()


def test_a_site_that_is_not_touched_any_more_is_told_so():
    old = site_statuses(plan_of_sites(2), (), "")
    (told,) = site_statuses(plan_of_sites(1), old, "")
    assert (told.name, told.description) == (f"{WHOLE}/us-nyc-s001", "no change any more")
