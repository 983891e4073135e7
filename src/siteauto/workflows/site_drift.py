"""The drift of a site and the texts that show it, wherever its running configurations were read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from siteauto.core.config import OPAQUE, SecretBook
from siteauto.core.drift import DriftReport
from siteauto.core.drift.ignore import Subject
from siteauto.core.drift.make_drift import DriftFacts, Ignores
from siteauto.core.intent import DeviceIntent
from siteauto.core.models import DeviceName
from siteauto.workflows.rendered_sites import RenderedDevice


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDrift:
    """What was found, and what it was found in: the intent, and the redacted text of each device that was compared.

    `revealed`: the texts hold the lines that a device does not show unasked. `book` tells known secrets from others.
    """

    report: DriftReport
    devices: tuple[RenderedDevice, ...]
    running: Mapping[DeviceName, str] = field(repr=False)
    ignores: Ignores
    book: SecretBook = OPAQUE
    revealed: bool = False

    def facts(self, one: RenderedDevice) -> DriftFacts:
        """What is compared of a device whose text is known; `one` may have another intent than it had."""
        return facts_of(one, self.running[one.intent.device.name], revealed=self.revealed)


def subject_of(intent: DeviceIntent) -> Subject:
    """The device as ignore rules see it."""
    device = intent.device
    return Subject(site=intent.site, device=device.name, role=device.role, platform=device.platform or "")


def facts_of(one: RenderedDevice, running: str, *, revealed: bool) -> DriftFacts:
    """What is compared: what a device holds, with its intent."""
    return DriftFacts(
        subject=subject_of(one.intent),
        platform=one.platform,
        running=running,
        intended=one.text,
        login=one.intent.organisation.local_admin,
        unread=() if revealed else tuple(rule.hidden for rule in one.platform.config.reveals),
    )
