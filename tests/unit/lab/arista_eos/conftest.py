"""An office of Arista switches that runs what is intended, without sockets."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.companies import company_with

from siteauto.app.company import open_company, open_site
from siteauto.app.labs import make_spec
from siteauto.app.settings import Settings
from siteauto.core.markers import secrets_in
from siteauto.lab.building import build_world
from siteauto.lab.clock import LabClock
from siteauto.workflows.render import render_bootstrap, render_site


class Bench:
    """A switch with fingers on it. The lab's clock moves when told."""

    def __init__(self, world, name):
        self.world = world
        self.device = world.devices[name]
        self.box = self.device.box

    def type(self, *lines, shell=None):
        shell = shell or self.device.shell("console")
        return "".join(shell.receive(line).text for line in ("terminal length 0", *lines)).removeprefix(
            "Pagination disabled.\n"
        )

    def prompt(self, *lines):
        shell = self.device.shell("console")
        return [shell.receive(line).prompt for line in lines]


@pytest.fixture(scope="package")
def spec(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    company = open_company(Settings(root=company_with("arista_eos", folder), state=folder / "state", environment={}))
    view = open_site(company, "us-nyc-eos01")
    rendered = render_site(view.intents, company.platforms, company.renderer)
    factory = render_bootstrap(view.intents, company.platforms, company.renderer)
    names = {ref.name for each in (*rendered.values(), *factory.values()) for ref in secrets_in(each.text)}
    values = {name: f"Lab-{name.rsplit('/', 1)[-1]}-2026" for name in names}
    intended, day0 = make_spec(view, rendered, values), make_spec(view, factory, values)
    members = tuple(
        one if one.platform == "arista_eos" else before
        for one, before in zip(intended.members, day0.members, strict=True)
    )
    return replace(intended, members=members, boot_seconds=60), company.platforms


@pytest.fixture
def world(spec):
    return build_world(*spec, LabClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)))


@pytest.fixture
def sw1(world):
    return Bench(world, "us-nyc-eos01-sw1")


@pytest.fixture
def sw2(world):
    return Bench(world, "us-nyc-eos01-sw2")
