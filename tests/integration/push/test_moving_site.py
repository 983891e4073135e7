"""Management addresses that move within a change: armed over the old, confirmed over the new, undone by the devices."""

import os
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from tests.companies import company_with
from tests.integration.push.conftest import Desk
from tests.moving import moved_company

from siteauto.app.company import open_company, open_site
from siteauto.app.settings import read_settings
from siteauto.core.change.make_plan import DeviceFacts, make_plan
from siteauto.core.change.transaction import Verdict
from siteauto.core.errors import UnreachableError
from siteauto.lab.spec import lab_address
from siteauto.testing.site_lab import running_site
from siteauto.workflows.reach import reach
from siteauto.workflows.read_config import read_config
from siteauto.workflows.render import render_site

ROOT = Path(__file__).parents[3]
BOSTON = "us-bos-cop01"
NEW_OFFICE = {"supernet: 10.44.20.0/25": "supernet: 10.44.200.0/25"}


class MovingDesk(Desk):
    """A site in use, and the inventory that gives its devices other addresses."""

    def __init__(self, lab):
        super().__init__(lab)
        self.view = lab.view

    def intend(self, root):
        """From now on the site shall be as this company says: devices are where they are, and are to be elsewhere."""
        settings = read_settings(os.environ, start=root, root=root)
        view = open_site(open_company(settings), self.lab.view.site.name)
        intents = {intent.device.name: intent for intent in view.intents}
        self.view = view
        self.rendered = dict(render_site(view.intents, view.company.platforms, view.company.renderer))
        self.targets = tuple(self._moved(one, intents[one.device.name].device) for one in self.targets)

    def _moved(self, target, device):
        planned = lab_address(device.address.ip)
        if planned == target.host:
            return replace(target, device=device)
        return replace(target, device=device, host=planned, elsewhere=target.host)

    def plan(self, targets=None):
        facts = []
        for target in targets or self.targets:
            with reach(self.transport, target) as (session, reached):
                running = read_config(session, target.platform)
            facts.append(
                DeviceFacts(
                    intent=self.view.intent(target.device.name),
                    platform=target.platform,
                    rendered=self.rendered[target.device.name],
                    running=running,
                    method=target.platform.push_method(target.device.role),
                    host=reached.host,
                    planned_host=target.host,
                )
            )
        return make_plan(self.view.site.name, facts, self.lab.book)

    def listens(self, short):
        return self.lab.lab.lab.addresses[self.name(short)]


@pytest.fixture(scope="module")
def moving(tmp_path_factory):
    """The lab of an office in use, and the company that has moved it. Each test but the last leaves it as it was."""
    folder = tmp_path_factory.mktemp("boston")
    with running_site(ROOT, BOSTON, folder) as lab:
        desk = MovingDesk(lab)
        assert desk.push(desk.plan()).verdict is Verdict.COMMITTED
        yield lab, moved_company(folder, BOSTON, NEW_OFFICE)


@pytest.fixture
def boston(moving):
    lab, company = moving
    desk = MovingDesk(lab)
    desk.intend(company)
    return desk


def test_an_office_that_does_not_work_at_its_new_addresses_is_proven_at_its_old_ones(boston):
    plan = boston.plan()
    asked = []
    result = boston.push(plan, verify=lambda targets: asked.extend(targets) or ["sw1: uplink is down"])
    assert {target.host for target in asked} == {"127.44.200.97", "127.44.200.98"}
    assert boston.states(result) == {"fw1": "reverted", "sw1": "reverted"}, [str(o.error) for o in result.devices]
    assert boston.lab.clock.now() < result.deadline, (
        "the far box is proven when the near one is undone, not by its timer"
    )
    assert result.met_at == {}
    assert boston.listens("sw1") == ("127.44.20.98",)
    assert [one.base for one in boston.plan().devices] == [one.base for one in plan.devices]


def test_where_the_new_address_does_not_answer_the_device_itself_brings_the_old_one_back(boston):
    boston.only("sw1")  # its new subnet has no gateway yet
    plan = boston.plan()
    result = boston.push(plan)
    assert isinstance(result.reason, UnreachableError)
    assert "127.44.200.98" in str(result.reason)
    assert boston.states(result) == {"sw1": "reverted"}, [str(o.error) for o in result.devices]
    assert boston.listens("sw1") == ("127.44.20.98",)
    assert [one.base for one in boston.plan().devices] == [one.base for one in plan.devices]


def test_a_whole_office_moves_to_other_addresses(boston):
    plan = boston.plan()
    moves = {str(one.device)[-3:]: (one.move.found, one.move.planned) for one in plan.devices}
    assert moves == {"fw1": ("127.44.20.97", "127.44.200.97"), "sw1": ("127.44.20.98", "127.44.200.98")}
    assert [one.unsupported for one in plan.devices] == ["", ""]
    result = boston.push(plan)
    assert (result.verdict, str(result.reason)) == (Verdict.COMMITTED, "None")
    assert result.met_at == {boston.name("fw1"): "127.44.200.97", boston.name("sw1"): "127.44.200.98"}
    assert boston.listens("sw1") == ("127.44.200.98",)
    assert [one.diff for one in boston.plan(result.targets).devices] == [(), ()]


ONE_BOX = {
    "arista_eos": ("us-nyc-eos01", "sw2"),
    "cisco_ios": ("us-nyc-mad01", "wlc1"),  # not replaced as a switch is, but merged
    "juniper_junos": ("us-nyc-hqf01", "sw3"),
    "openwrt": ("us-dal-nor01", "ap1"),
}


@contextmanager
def one_box(platform, folder):
    """A box that runs what it shall, and shall be at another number of its subnet."""
    site, short = ONE_BOX[platform]
    root = company_with(platform, folder) if platform == "arista_eos" else ROOT
    with running_site(root, site, folder) as lab:
        desk = MovingDesk(lab).only(short)
        assert desk.push(desk.plan()).verdict is Verdict.COMMITTED
        edits = {f"  {short}: {{": f"  {short}: {{host: 10, "}
        desk.intend(moved_company(folder, site, edits, renumber=(short,), root=root))
        yield desk, short


@pytest.mark.parametrize("platform", sorted(ONE_BOX))
def test_one_box_moves_and_its_timer_brings_it_back_where_nobody_confirms(platform, tmp_path):
    with one_box(platform, tmp_path) as (desk, short):
        before = desk.listens(short)
        plan = desk.plan()
        move = plan.devices[0].move
        assert before == (move.found,)
        died = desk.push(plan, verify=lambda targets: desk.lab.clock.sleep(700) or ())
        assert "took too long" in str(died.reason)
        assert (desk.states(died), desk.listens(short)) == ({short: "reverted"}, before), str(died.devices[0].error)
        result = desk.push(desk.plan())
        assert (result.verdict, str(result.reason)) == (Verdict.COMMITTED, "None")
        assert desk.listens(short) == (move.planned,)
        assert [one.diff for one in desk.plan(result.targets).devices] == [()]
