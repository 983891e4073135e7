"""A whole site on simulated devices in this process, with everything that a workflow needs to work on it."""

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from siteauto.adapters.transports import SiteTransport, make_transport
from siteauto.app.company import SiteView, open_company, open_site
from siteauto.app.labs import make_spec
from siteauto.app.settings import Settings, read_settings
from siteauto.app.site_run import make_targets
from siteauto.app.where import Where
from siteauto.core.config import SecretBook
from siteauto.core.intent import RenderedConfig
from siteauto.core.markers import secrets_in
from siteauto.core.models import DeviceName
from siteauto.core.ports import Target
from siteauto.lab.building import build_world
from siteauto.lab.clock import LabClock
from siteauto.lab.in_process import InProcessLab, running_in_process
from siteauto.testing.fakes import FakeClock, FakeSecrets
from siteauto.workflows.render import render_bootstrap, render_site

START = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
TOKEN_KEY = bytes(32)
Texts: TypeAlias = Mapping[DeviceName, RenderedConfig]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLab:
    """Handles of a site's lab. `clock` moves the devices' time too, so nothing ever waits for a timer."""

    view: SiteView
    lab: InProcessLab
    rendered: Mapping[DeviceName, RenderedConfig]
    targets: tuple[Target, ...]
    transport: SiteTransport
    secrets: FakeSecrets
    book: SecretBook
    clock: FakeClock

    def target(self, short: str) -> Target:
        """The target of the device with this short name."""
        return next(one for one in self.targets if one.device.short == short)


@contextlib.contextmanager
def running_site(
    root: Path, name: str, folder: Path, *, timeout: float = 5.0, in_use: bool = False
) -> Iterator[SiteLab]:
    """Boot the site and serve it until the block ends; `folder` keeps its host keys.

    Its devices are factory-new; `in_use`, they run what they shall.
    """
    settings = read_settings(os.environ, start=root, root=root)
    view, rendered, bootstrap = _rendered(settings, name)
    company = view.company
    refs = {ref for each in (*rendered.values(), *bootstrap.values()) for ref in secrets_in(each.text)}
    values = {ref.name: f"Lab-{ref.name.rsplit('/', 1)[-1]}-2026" for ref in refs}
    boot = rendered if in_use else bootstrap
    world = build_world(make_spec(view, boot, values), company.platforms, LabClock(START))
    with running_in_process(world) as lab:
        (folder / "known_hosts").write_text(lab.known_hosts_text, encoding="utf-8")
        secrets = FakeSecrets(values)
        yield SiteLab(
            view=view,
            lab=lab,
            rendered=rendered,
            targets=_targets(view, lab, settings, folder, timeout),
            transport=make_transport(secrets),
            secrets=secrets,
            book=SecretBook(values=values, key=TOKEN_KEY),
            clock=FakeClock(START, on_move=lambda seconds: _advance(lab, seconds)),
        )


def _rendered(settings: Settings, name: str) -> tuple[SiteView, Texts, Texts]:
    """The site, what its devices shall run, and what they run when they are new."""
    company = open_company(settings)
    view = open_site(company, name)
    return (
        view,
        render_site(view.intents, company.platforms, company.renderer),
        render_bootstrap(view.intents, company.platforms, company.renderer),
    )


def _advance(lab: InProcessLab, seconds: float) -> None:
    lab.control("clock", seconds=seconds)


def _targets(view: SiteView, lab: InProcessLab, settings: Settings, folder: Path, timeout: float) -> tuple[Target, ...]:
    where = Where(
        lab=True,
        described_as="lab in this process",
        hosts={DeviceName(name): addresses[0] for name, addresses in lab.lab.addresses.items()},
        ssh_port=lab.port,
        https_port=lab.https_port,
        known_hosts=folder / "known_hosts",
        secrets=settings.state,
        backups=folder,
    )
    return tuple(replace(target, timeout=timeout) for target in make_targets(view, where))
