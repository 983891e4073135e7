"""The push workflow on the example site's FortiGate: confirmed, undone by us, undone by its own timer, refused."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

from siteauto.adapters.transports import make_transport
from siteauto.core.change.candidate import SecretForms
from siteauto.core.change.make_plan import DeviceFacts, make_plan
from siteauto.core.change.plan import Plan
from siteauto.core.change.transaction import State, Verdict
from siteauto.core.config import diff as compare
from siteauto.core.config import diff_text, normalise, seal
from siteauto.core.models import DeviceName, SecretRef
from siteauto.core.ports import Session, Target
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
    def target(self) -> Target:
        return self.site.target("fw1")

    @property
    def name(self) -> DeviceName:
        return self.target.device.name

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
        site, name = self.site, self.name
        intent = next(one for one in site.view.intents if one.device.name == name)
        facts = DeviceFacts(
            intent=intent,
            platform=self.target.platform,
            rendered=site.rendered[name],
            running=self.running(),
            method=self.target.platform.push_method(self.target.device.role),
        )
        return make_plan(site.view.site.name, [facts], site.book)

    def push(self, plan: Plan, *problems: str, during=lambda: None) -> TransactionResult:
        """Carry the plan out; `problems` are what the verification finds, `during` happens before it."""

        def verify(_) -> tuple[str, ...]:
            during()
            return problems

        return run_transaction(plan, [self.target], self.ports, verify=verify)

    def drift(self) -> str:
        rules, name = self.target.platform.config, self.name
        intended = normalise(rules, self.site.rendered[name].text, secrets=self.site.book)
        return diff_text(compare(normalise(rules, self.running(), secrets=self.site.book), intended))

    def secret(self, name: str) -> str:
        return self.site.secrets.resolve(SecretRef(name=name))

    def type_at_console(self, *lines: str) -> str:
        answer = self.site.lab.control("type", device=self.name, user="admin", lines=list(lines))
        return str(answer["output"])


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Bench]:
    """Factory-new, with its day-0 text."""
    with running_site(ROOT, "us-nyc-mad01", tmp_path) as site:
        yield Bench(site=site)


@pytest.fixture
def drifted(new: Bench) -> Bench:
    """As intended, but for one line."""
    (plan,) = new.plan().devices
    rules = new.target.platform.config
    lines = seal(rules, "\n".join(plan.commands), new.secret, lambda: os.urandom(16)).splitlines()
    assert "Command fail" not in new.type_at_console(*lines)
    new.type_at_console("config system global", "set admintimeout 33", "end")
    return new


def state_of(result: TransactionResult) -> State:
    (end,) = result.devices
    assert end.leftover == ""
    return end.state


def test_a_new_box_is_brought_to_its_intent_and_the_next_plan_is_empty(new: Bench) -> None:
    result = new.push(new.plan())
    assert result.verdict is Verdict.COMMITTED, result.reason
    assert state_of(result) is State.SAVED
    assert new.drift() == ""
    assert not new.plan().changing
    assert "siteauto-" not in new.running() + new.ask("execute revision list config")


def test_a_confirmed_change_outlives_its_timer(drifted: Bench) -> None:
    plan = drifted.plan()
    assert plan.devices[0].commands == ("config system global", "    set admintimeout 10", "end")
    assert drifted.push(plan).verdict is Verdict.COMMITTED
    drifted.site.clock.sleep(7200)
    assert drifted.drift() == ""
    assert "Last reboot reason: power cycle" in drifted.ask("get system status")


def test_a_failed_verification_undoes_the_change_with_a_reboot(drifted: Bench) -> None:
    result = drifted.push(drifted.plan(), "ping gateway does not answer")
    assert result.verdict is Verdict.ABORTED
    assert state_of(result) is State.REVERTED
    assert "admintimeout 33" in drifted.running()
    assert "Last reboot reason: warm reboot" in drifted.ask("get system status")
    assert "siteauto-" not in drifted.running() + drifted.ask("execute revision list config")


@pytest.mark.proves("timed undo", "fortinet")
def test_the_timer_undoes_a_change_that_cuts_the_box_off(drifted: Bench) -> None:
    def cut_off() -> None:
        drifted.type_at_console("config system interface", "edit vl99-mgmt", "set allowaccess ping", "end")

    result = drifted.push(drifted.plan(), "no session", during=cut_off)
    assert result.verdict is Verdict.ABORTED, [str(end.error) for end in result.devices]
    assert state_of(result) is State.REVERTED
    assert "admintimeout 33" in drifted.running()


def test_a_line_that_is_refused_is_found_while_nothing_is_live(drifted: Bench) -> None:
    text = "value parse error before '10'\nCommand fail. Return code -651"
    drifted.site.lab.control("fault", device=drifted.name, kind="refuse", pattern="set admintimeout", text=text)
    result = drifted.push(drifted.plan())
    assert result.verdict is Verdict.ABORTED
    assert state_of(result) is State.IDLE
    assert "value parse error" in str(result.reason)
    assert "Last reboot reason: power cycle" in drifted.ask("get system status")
    assert "siteauto-" not in drifted.running() + drifted.ask("execute revision list config")


def test_a_change_of_the_time_zone_is_refused_because_the_undo_is_set_for_a_local_time(drifted: Bench) -> None:
    drifted.type_at_console("config system global", 'set timezone "Europe/Paris"', "end")
    result = drifted.push(drifted.plan())
    assert state_of(result) is State.IDLE
    assert "Set the time zone by hand first" in str(result.reason)
    assert "Europe/Paris" in drifted.running()


def test_a_box_in_a_cluster_is_not_changed(drifted: Bench) -> None:
    plan = drifted.plan()
    drifted.type_at_console("config system ha", "set mode a-p", "set group-name x", "end")
    result = drifted.push(plan)
    assert state_of(result) is State.IDLE
    assert "standalone" in str(result.reason)
