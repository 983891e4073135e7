"""Rings of sites, and when a rollout stops."""

import pytest

from siteauto.core.change.rollout import Limits, Rollout, SiteEnd, choose_sites, make_rings, tell_rollout
from siteauto.core.errors import UsageError
from siteauto.core.models import SiteName

SITES = tuple(
    SiteName(name) for name in ("ca-tor-one01", "us-bos-new01", "us-nyc-mad01", "us-nyc-soh01", "us-sfo-uni01")
)


def test_sites_are_chosen_by_their_names():
    assert choose_sites(SITES, ["us-nyc-*", "*-*"]) == (*SITES[2:4], *SITES[:2], SITES[4])
    with pytest.raises(UsageError, match="fr-"):
        choose_sites(SITES, ["us-*", "fr-*"])


@pytest.mark.parametrize(
    ("canary", "batch", "rings"),
    [(1, 2, [1, 2, 2]), (2, 5, [2, 3]), (0, 3, [3, 2]), (9, 1, [5]), (1, 1, [1, 1, 1, 1, 1])],
)
def test_the_canaries_go_first_then_batches(canary, batch, rings):
    made = make_rings(SITES, Limits(canary=canary, batch=batch))
    assert [len(ring) for ring in made] == rings
    assert [name for ring in made for name in ring] == list(SITES)


def rollout(codes, **limits):
    chosen = Limits(**{"batch": 2, **limits})
    ends = {site: SiteEnd(site=site, exit_code=code) for site, code in zip(SITES, codes, strict=False)}
    return Rollout(id="r", rings=make_rings(SITES, chosen), limits=chosen, ends=ends)


def test_it_stops_when_more_have_failed_than_may():
    assert rollout([0, 3, 0], max_failed=1).why_stop() == ""
    assert rollout([0, 3, 6], max_failed=1).why_stop() == "2 sites failed, 1 may"
    assert rollout([3], max_failed=4).why_stop() == "the canary ca-tor-one01 failed"
    assert rollout([3], max_failed=4, canary=0).why_stop() == ""


def test_a_site_whose_servers_nobody_could_test_is_done_and_an_unreachable_one_is_not():
    assert SiteEnd(site=SITES[0], exit_code=4, verdict="committed").done
    assert not SiteEnd(site=SITES[0], exit_code=4, verdict="aborted").done
    assert not SiteEnd(site=SITES[0], exit_code=6, verdict="mixed").done


def test_what_is_left_is_known_from_the_journal():
    limits = {"canary": 1, "batch": 2, "max_failed": 1}
    records = [
        {"record": "run"},
        {"record": "rollout", "rings": [list(ring) for ring in make_rings(SITES, Limits(**limits))], "limits": limits},
        {"record": "begin", "site": SITES[0]},
        {"record": "site", "site": SITES[0], "exit_code": 0, "verdict": "committed", "log": "x"},
        {"record": "begin", "site": SITES[1]},
        {"record": "begin", "site": SITES[2]},
        {"record": "site", "site": SITES[2], "exit_code": 3, "verdict": "aborted", "log": "x"},
    ]
    told = tell_rollout("r", records)
    assert (told.done, told.failed, told.begun) == ((SITES[0],), (SITES[2],), frozenset({SITES[1]}))
    assert told.left == (SITES[1:3], SITES[3:5])
