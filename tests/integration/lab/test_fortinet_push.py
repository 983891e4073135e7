"""The push workflow on a factory-new FortiGate of the example site: confirmed, undone by hand, undone by its own timer."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

from siteauto.adapters.transports import make_transport
from siteauto.core.candidate import SecretForms
from siteauto.core.config import diff as compare
from siteauto.core.config import diff_text, normalise
from siteauto.core.make_plan import DeviceFacts, make_plan
from siteauto.core.plan import Plan
from siteauto.core.ports import Session
from siteauto.core.transaction import State, Verdict
from siteauto.testing.fakes import MemoryJournal, SerialRunner
from siteauto.testing.site_lab import SiteLab, running_site
from siteauto.workflows.push import PushPorts
from siteauto.workflows.read_config import read_config
from siteauto.workflows.transaction import TransactionResult, run_transaction

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """The site's lab, of which only the firewall is changed."""

    site: SiteLab

    @property
    def ports(self) -> PushPorts:
        site = self.site
        return PushPorts(
            transport=site.transport,
            runner=SerialRunner(),
            clock=site.clock,
            journal=MemoryJournal(),
            forms=SecretForms(secrets=site.secrets, book=site.book, salt=lambda: os.urandom(16)),
        )

    @property
    def target(self):
        return self.site.target("fw1")

    def running(self) -> str:
        with self.look() as session:
            return read_config(session, self.target.platform)

    def ask(self, command: str) -> str:
        with self.look() as session:
            return session.run(command)

    def look(self) -> AbstractContextManager[Session]:
        """A session that knows nothing of passwords refused before: the login changes with the push."""
        return make_transport(self.site.secrets).connect(self.target)

    def plan(self) -> Plan:
        site, name = self.site, self.target.device.name
        intent = next(one for one in site.view.intents if one.device.name == name)
        facts = DeviceFacts(
            intent=intent, platform=self.target.platform, rendered=site.rendered[name], running=self.running()
        )
        return make_plan(site.view.site.name, [facts], site.book)

    def push(self, plan: Plan, *problems: str, during=lambda: None) -> TransactionResult:
        """Carry the plan out; `problems` are what the verification finds, `during` happens before it."""

        def verify(_) -> tuple[str, ...]:
            during()
            return problems

        return run_transaction(plan, [self.target], self.ports, verify=verify)

    def drift(self) -> str:
        rules, name = self.target.platform.config, self.target.device.name
        intended = normalise(rules, self.site.rendered[name].text, secrets=self.site.book)
        return diff_text(compare(normalise(rules, self.running(), secrets=self.site.book), intended))

    def fault(self, kind: str, pattern: str, text: str = "") -> None:
        self.site.lab.control("fault", device=self.target.device.name, kind=kind, pattern=pattern, text=text)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with running_site(ROOT, "us-nyc-mad01", tmp_path) as site:
        yield Bench(site=site)


def state_of(result: TransactionResult) -> State:
    (end,) = result.devices
    assert end.leftover == ""
    return end.state


def test_a_verified_change_is_confirmed_and_the_next_plan_is_empty(bench: Bench) -> None:
    plan = bench.plan()
    assert plan.devices[0].changes
    result = bench.push(plan)
    assert result.verdict is Verdict.COMMITTED, result.reason
    assert state_of(result) is State.SAVED
    assert bench.drift() == ""
    assert not bench.plan().changing
    assert "siteauto-" not in bench.running() + bench.ask("execute revision list config")
    bench.site.clock.sleep(7200)
    assert bench.drift() == ""


def test_a_failed_verification_undoes_the_change_with_a_reboot(bench: Bench) -> None:
    before = normalise(bench.target.platform.config, bench.running())
    result = bench.push(bench.plan(), "ping gateway does not answer")
    assert result.verdict is Verdict.ABORTED
    assert state_of(result) is State.REVERTED
    after = normalise(bench.target.platform.config, bench.running())
    assert diff_text(compare(after, before)) == ""
    assert "siteauto-" not in bench.ask("execute revision list config")


def test_the_timer_undoes_a_change_that_cuts_the_box_off(bench: Bench) -> None:
    before = normalise(bench.target.platform.config, bench.running())

    def cut_off() -> None:
        bench.site.lab.control(
            "type",
            device=bench.target.device.name,
            user="admin",
            lines=["config system interface", "edit vl99-mgmt", "set allowaccess ping", "end"],
        )

    result = bench.push(bench.plan(), "no session", during=cut_off)
    assert result.verdict is Verdict.ABORTED, [end.error for end in result.devices]
    assert diff_text(compare(normalise(bench.target.platform.config, bench.running()), before)) == ""


def test_a_line_that_is_refused_is_found_while_nothing_is_live(bench: Bench) -> None:
    bench.fault("refuse", "^ *set admin-login-max", "value parse error before '10'\nCommand fail. Return code -651")
    result = bench.push(bench.plan())
    assert result.verdict is Verdict.ABORTED
    assert state_of(result) is State.IDLE
    assert "did not take" in str(result.reason)
    assert "Last reboot reason: power cycle" in bench.ask("get system status")  # no other since
    assert "siteauto-" not in bench.running() + bench.ask("execute revision list config")


def test_a_box_in_a_cluster_is_not_changed(bench: Bench) -> None:
    plan = bench.plan()
    bench.site.lab.control(
        "type",
        device=bench.target.device.name,
        user="admin",
        lines=["config system ha", "set mode a-p", "set group-name x", "end"],
    )
    result = bench.push(plan)
    assert state_of(result) is State.IDLE
    assert "standalone" in str(result.reason)
