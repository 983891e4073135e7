"""All that a run at one site works with: what the site shall be, where its devices are, and the ports to them."""

from collections.abc import Mapping
from dataclasses import dataclass

from siteauto.core.checks import Check
from siteauto.core.config import SecretBook
from siteauto.core.intent import DeviceIntent, RenderedConfig
from siteauto.core.models import DeviceName, Site
from siteauto.core.ports import Clock, Journal, Parser, Runner, Secrets, Target, Transport
from siteauto.workflows.backup import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRun:
    """One run at one site. `described_as` names the target for people: "lab us-nyc-mad01 (…)" or "live us-nyc-mad01"."""

    id: str
    site: Site
    intents: tuple[DeviceIntent, ...]
    rendered: Mapping[DeviceName, RenderedConfig]
    checks: tuple[Check, ...]
    targets: tuple[Target, ...]
    described_as: str
    transport: Transport
    runner: Runner
    clock: Clock
    parser: Parser
    secrets: Secrets
    book: SecretBook
    archive: Archive
    journal: Journal

    def now(self) -> str:
        """The time for a record: UTC, ISO 8601, seconds."""
        return self.clock.now().isoformat(timespec="seconds")
