"""A rollout with processes that end as they are told."""

import json

import pytest

from siteauto.app.rollout import list_rollouts, roll_out, stored_rollout
from siteauto.app.settings import Settings
from siteauto.core.change.rollout import Limits, Rollout, make_rings
from siteauto.core.errors import UsageError
from siteauto.core.models import SiteName
from siteauto.reporters.runs import rollouts_data, rollouts_text

SITES = tuple(SiteName(f"us-nyc-st{n:02}") for n in range(1, 6))


class Floor:
    """Where the processes run. `codes` are their exit codes, `interrupt` the site at which Ctrl-C comes."""

    def __init__(self, folder):
        self.settings = Settings(root=folder, state=folder / "state", environment={})
        self.codes, self.started, self.ended, self.interrupted, self.interrupt = {}, [], [], [], ""
        self.told, self.flags = [], {}

    def start(self, words, log, environment):
        floor, verb, site = self, words[0], words[1]
        floor.started.append((verb, site))
        floor.flags[verb] = words[2:]

        class Child:
            def wait(self):
                if site == floor.interrupt:
                    floor.interrupt = ""
                    raise KeyboardInterrupt
                floor.ended.append(site)
                return floor.codes.get(site, 0)

            def interrupt(self):
                floor.interrupted.append(site)

        return Child()

    def roll_out(self, rollout):
        return roll_out(self.settings, rollout, ["--window=600"], self.told.append, self.start)

    def provisioned(self):
        return [site for verb, site in self.started if verb == "provision"]


@pytest.fixture
def floor(tmp_path):
    return Floor(tmp_path)


def rollout(**limits):
    chosen = Limits(**{"batch": 2, **limits})
    return Rollout(id="r1", rings=make_rings(SITES, chosen), limits=chosen)


def test_ring_after_ring_and_a_journal_that_says_so(floor):
    ended, why = floor.roll_out(rollout())
    assert (why, ended.done, ended.left) == ("", SITES, ())
    assert floor.provisioned() == list(SITES)
    assert stored_rollout(floor.settings, "r1").left == ()
    lines = (floor.settings.state / "rollouts" / "r1" / "journal.jsonl").read_text().splitlines()
    kinds = [json.loads(line)["record"] for line in lines]
    assert kinds == [
        "run",
        "rollout",
        *["begin", "site"],
        *["begin"] * 2,
        *["site"] * 2,
        *["begin"] * 2,
        *["site"] * 2,
        "end",
    ]


def test_it_stops_at_the_limit_and_goes_on_where_it_stopped(floor):
    floor.codes = {SITES[1]: 3, SITES[2]: 6}
    ended, why = floor.roll_out(rollout(max_failed=1))
    assert why == "2 sites failed, 1 may"
    assert floor.provisioned() == list(SITES[:3])
    floor.codes, floor.started = {}, []
    ended, why = floor.roll_out(stored_rollout(floor.settings, "r1"))
    assert (why, ended.left) == ("", ())
    assert floor.provisioned() == list(SITES[1:])


def test_a_canary_that_fails_stops_everything(floor):
    floor.codes = {SITES[0]: 3}
    assert "canary" in floor.roll_out(rollout(max_failed=9))[1]
    assert floor.provisioned() == [SITES[0]]


def test_ctrl_c_is_passed_on_and_what_was_on_its_way_is_finished_first_by_whoever_goes_on(floor):
    floor.interrupt = SITES[1]
    with pytest.raises(KeyboardInterrupt):
        floor.roll_out(rollout())
    assert floor.interrupted == [SITES[1], SITES[2]]
    assert floor.ended[-2:] == [SITES[1], SITES[2]]
    floor.started = []
    floor.roll_out(stored_rollout(floor.settings, "r1"))
    assert floor.started[:2] == [("resume", SITES[1]), ("resume", SITES[2])]
    here = f"--root={floor.settings.root}"
    assert floor.flags == {
        "resume": [here],
        "provision": ["--yes", "--progress=lines", "--window=600", here],
    }
    assert floor.provisioned() == list(SITES[1:])


def test_rollouts_are_listed_with_what_goes_on_with_them(floor):
    assert list_rollouts(floor.settings) == ()
    floor.codes = {SITES[0]: 3}
    floor.roll_out(rollout())
    listed = list_rollouts(floor.settings)
    assert rollouts_text(listed).split(maxsplit=1)[1] == "0 done, 1 failed, 5 left; siteauto provision --resume r1"
    (told,) = json.loads(json.dumps(rollouts_data(listed)))["rollouts"]
    assert (told["id"], told["sites"][SITES[0]]["done"], told["left"][0]) == ("r1", False, [SITES[0]])
    assert rollouts_text(()) == "no rollouts"


def test_a_rollout_that_is_not_there_is_refused(floor):
    with pytest.raises(UsageError, match="no rollout"):
        stored_rollout(floor.settings, "nothing")
