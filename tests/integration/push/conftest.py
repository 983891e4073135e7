"""Site transactions on the lab: real NAPALM and Netmiko, a clock that only moves when told."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from siteauto.adapters.nornir_runner import NornirRunner
from siteauto.adapters.transports import make_transport
from siteauto.core.change.candidate import SecretForms
from siteauto.core.change.make_plan import DeviceFacts, make_plan
from siteauto.core.change.run_history import tell_history
from siteauto.core.redact import tokenise
from siteauto.core.restore import make_wanted
from siteauto.testing.fakes import MemoryJournal
from siteauto.testing.site_lab import running_site
from siteauto.workflows.push import PushPorts
from siteauto.workflows.read_config import read_config
from siteauto.workflows.resume import resume_transaction
from siteauto.workflows.transaction import run_transaction

ROOT = Path(__file__).parents[3]


class Desk:
    """An operator's desk at a site: plan, push, look."""

    def __init__(self, lab):
        self.lab = lab
        self.transport = lab.transport
        self.journal = MemoryJournal()
        self.events = []
        self.targets = lab.targets
        self.rendered = dict(lab.rendered)

    def only(self, *shorts):
        self.targets = tuple(target for target in self.targets if target.device.short in shorts)
        return self

    def name(self, short):
        return self.lab.target(short).device.name

    def read(self, target):
        with self.transport.connect(target) as session:
            return read_config(session, target.platform)

    def plan(self, targets=None):
        facts = [
            DeviceFacts(
                intent=self.lab.view.intent(target.device.name),
                platform=target.platform,
                rendered=self.rendered[target.device.name],
                running=self.read(target),
                method=target.platform.push_method(target.device.role),
            )
            for target in targets or self.targets
        ]
        return make_plan(self.lab.view.site.name, facts, self.lab.book)

    @property
    def ports(self):
        return PushPorts(
            transport=self.transport,
            runner=NornirRunner(8),
            clock=self.lab.clock,
            journal=self.journal,
            forms=SecretForms(secrets=self.lab.secrets, book=self.lab.book, salt=lambda: os.urandom(16)),
        )

    def push(self, plan, verify=lambda targets: (), **more):
        return run_transaction(
            plan, self.targets, self.ports, verify=verify, on_event=self.events.append, run="r1", **more
        )

    def exact(self):
        """What a backup would hold of each device."""
        texts = {}
        for target in self.targets:
            with self.transport.connect(target) as session:
                texts[target.device.name] = session.fetch("running")
        return texts

    def go_back(self, exact):
        """Restore exact texts."""
        wanted = {
            target.device.name: make_wanted(
                target.platform,
                self.read(target),
                exact[target.device.name],
                [one.username for one in target.credentials],
            )
            for target in self.targets
        }
        for target in self.targets:
            name = target.device.name
            told = tokenise(target.platform.config, wanted[name], self.lab.book)
            self.rendered[name] = replace(self.rendered[name], text=told)
        ports = replace(self.ports, forms=replace(self.ports.forms, stored=wanted))
        return run_transaction(self.plan(), self.targets, ports, verify=lambda targets: (), run="r2")

    def say_elsewhere(self, here, there):
        """A plan in which every text that names a place names another."""
        self.rendered = {
            name: replace(each, text=each.text.replace(here, there)) for name, each in self.rendered.items()
        }
        return self.plan()

    def resume(self, plan):
        """As a new process does."""
        self.fresh_transport()
        history = tell_history("r1", self.journal.read())
        return resume_transaction(history, plan, self.targets, self.ports, by="ben", on_event=self.events.append)

    def add_line(self, short, line):
        name = self.name(short)
        text = self.rendered[name].text
        self.rendered[name] = replace(self.rendered[name], text=text.replace("\nend\n", f"\n{line}\nend\n"))

    def box(self, short):
        return self.lab.lab.lab.world.devices[self.name(short)]

    def typed(self, short, *lines):
        return self.lab.lab.control("type", device=short, lines=list(lines))["output"]

    def fault(self, short, kind, pattern, **more):
        self.lab.lab.control("fault", device=short, kind=kind, pattern=pattern, **more)

    def is_refused_for_room(self, plan, full):
        """A box whose flash is full is found by the preflight, and nothing is staged anywhere."""
        self.lab.lab.control("fault", device=full, kind="disk-full")
        result = self.push(plan)
        self.lab.lab.control("clear", device=full, kind="disk-full")
        told = str(result.reason)
        assert f"{full}: its flash has no room for the candidate. Expected:" in told, told
        assert "bytes free. Found: 0." in told, told
        assert set(self.states(result).values()) == {"idle"}
        return not [one for one in self.events if one.phase == "stage"]

    def states(self, result):
        return {str(one.device).rsplit("-", 1)[-1]: str(one.state) for one in result.devices}

    def fresh_transport(self):
        self.transport = make_transport(self.lab.secrets)


@pytest.fixture(scope="session")
def make_desk():
    """For a file that brings a site of its own."""
    return Desk


@pytest.fixture
def desk(tmp_path):
    with running_site(ROOT, "us-nyc-mad01", tmp_path) as lab:
        yield Desk(lab)
