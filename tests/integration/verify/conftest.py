"""The example site in a lab, its boxes already holding what is intended, and everything that a verification needs."""

import secrets
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from siteauto.adapters.nornir_runner import NornirRunner
from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.adapters.transports import make_transport
from siteauto.app.company import SiteView, open_company, open_site
from siteauto.app.labs import make_spec
from siteauto.app.settings import Settings
from siteauto.core.checks import Check, CheckReport
from siteauto.core.checks.plan import plan_checks
from siteauto.core.config import SecretBook
from siteauto.core.markers import secrets_in
from siteauto.core.models import SecretRef
from siteauto.core.ports import Credential, Target
from siteauto.lab.building import build_world, running_clock
from siteauto.lab.in_process import InProcessLab, running_in_process
from siteauto.workflows.render import configured, render_bootstrap, render_site
from siteauto.workflows.verify import Verifier, verify

REPOSITORY = Path(__file__).parents[3]
SITE = "us-nyc-mad01"
LEAVE_DAY_0 = (
    "config system admin",
    "delete admin",
    "delete day0",
    "end",
    "config firewall policy",
    "delete 1",
    "end",
)


class KnownSecrets:
    """Every secret of the site, made up for this lab."""

    def __init__(self, values):
        self.values = values

    def resolve(self, ref):
        return self.values[ref.name]

    def missing(self, refs):
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedSite:
    """A lab and the verification of its site."""

    lab: InProcessLab
    view: SiteView
    checks: tuple[Check, ...]
    targets: tuple[Target, ...]
    verifier: Verifier

    def verify(self, *devices: str, **verifier) -> CheckReport:
        names = {self.view.site.device(device).name for device in devices}
        checks = [check for check in self.checks if not names or check.device in names]
        return verify(checks, self.targets, replace(self.verifier, **verifier))


def provisioned(view, rendered, values):
    """The world of a site that was provisioned before."""
    company = view.company
    factory = make_spec(view, render_bootstrap(view.intents, company.platforms, company.renderer), values)
    intended = make_spec(view, rendered, values)
    members = tuple(
        before if after.platform == "fortinet" else after
        for before, after in zip(factory.members, intended.members, strict=True)
    )
    world = build_world(replace(intended, members=members), company.platforms, running_clock())
    for member in intended.members:
        if member.platform == "fortinet":
            type_intended(world.devices[member.name].shell("day0"), member.boot_text)
    return world


def type_intended(shell, text):
    """A FortiGate takes a reference only to what is there already: what the first round refuses, the second takes."""
    shell.greeting()
    rounds = [[shell.receive(line).text for line in text.splitlines()] for _ in range(2)]
    refused = [answer for answer in rounds[-1] if "Command fail" in answer]
    assert not refused, refused
    for line in LEAVE_DAY_0:
        assert "Command fail" not in shell.receive(line).text


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("verify")
    settings = Settings(root=REPOSITORY, state=folder / "state", environment={})
    company = open_company(settings)
    view = open_site(company, SITE)
    rendered = render_site(view.intents, company.platforms, company.renderer)
    factory = render_bootstrap(view.intents, company.platforms, company.renderer)
    refs = {ref for each in (*rendered.values(), *factory.values()) for ref in secrets_in(each.text)}
    values = {ref.name: secrets.token_urlsafe(12) for ref in refs}
    world = provisioned(view, rendered, values)
    with running_in_process(world) as lab:
        known_hosts = folder / "known_hosts"
        known_hosts.write_text(lab.known_hosts_text)
        login = Credential(username=view.site.organisation.local_admin, password=SecretRef(name=f"{SITE}/local_admin"))
        targets = tuple(
            Target(
                device=intent.device,
                platform=platform,
                host=lab.address(intent.device.name),
                port=lab.port,
                credentials=(login,),
                known_hosts=known_hosts,
            )
            for intent, platform in configured(view.intents, company.platforms)
        )
        yield VerifiedSite(
            lab=lab,
            view=view,
            checks=plan_checks(view.intents, company.platforms),
            targets=targets,
            verifier=Verifier(
                transport=make_transport(KnownSecrets(values)),
                parser=TextFsmParser(),
                runner=NornirRunner(workers=4),
                book=SecretBook(values=values, key=b"verify"),
                intended={name: each.text for name, each in rendered.items()},
            ),
        )
