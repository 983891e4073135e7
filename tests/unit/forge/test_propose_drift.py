"""Who opens, renews and closes drift pull requests, when others do so at the same time."""

from dataclasses import replace

import pytest

from siteauto.core.errors import ForgeError
from siteauto.core.models import SiteName
from siteauto.testing.fake_forge import FakeForge
from siteauto.workflows.propose_drift import BRANCH, DriftRequests, Proposal, propose_drift

SITE = SiteName("us-nyc-mad01")


class FakeBranches:
    """Implements `ports.Branches` in memory."""

    def __init__(self):
        self.held = {}

    def publish(self, branch, files, message):
        is_new = self.held.get(branch) != files
        self.held[branch] = files
        return is_new

    def delete(self, branch):
        self.held.pop(branch, None)


def proposal(site=SITE, body="one"):
    return Proposal(site=SiteName(site), title=f"Drift of {site}", body=body, files={"f": body})


def propose(forge, *proposals, settled=(), limit=10, branches=None):
    wanted = DriftRequests(proposals=proposals, settled=[SiteName(one) for one in settled], base="main", limit=limit)
    return propose_drift(forge, branches or FakeBranches(), wanted)


def test_a_run_that_was_faster_is_renewed():
    forge = FakeForge()

    def other(what):
        if what == "open_pull_request":
            forge.before = lambda _what: None
            forge.open_pull_request(head=proposal().branch, base="main", title="x", body="x")
            raise ForgeError("A pull request already exists")

    forge.before = other
    (said,) = propose(forge, proposal())
    assert "brought up to date" in said
    assert [one.title for one in forge.pulls.values()] == [proposal().title]


def test_a_refusal_that_has_another_reason_is_told():
    forge = FakeForge()

    def refuse(_what):
        raise ForgeError("422")

    forge.before = refuse
    with pytest.raises(ForgeError):
        propose(forge, proposal())


def test_a_branch_of_that_name_in_a_fork_is_not_ours():
    forge = FakeForge()
    forge.propose(head="c" * 40, head_branch=f"{BRANCH}{SITE}", is_fork=True)
    propose(forge, settled=[SITE])
    assert forge.pulls[1].is_open
    propose(forge, proposal())
    assert len(forge.pulls) == 2


def test_what_closes_makes_room():
    forge, branches = FakeForge(), FakeBranches()
    propose(forge, proposal(), branches=branches)
    said = propose(forge, proposal("us-bos-new01"), settled=[SITE], limit=1, branches=branches)
    assert ["closed" in said[0], "opened" in said[1]] == [True, True]
    assert set(branches.held) == {f"{BRANCH}us-bos-new01"}


def test_one_that_was_merged_is_no_refusal():
    forge = FakeForge()
    propose(forge, proposal())
    forge.pulls[1] = replace(forge.pulls[1], is_open=False, is_merged=True)
    assert "opened" in propose(forge, proposal())[0]
