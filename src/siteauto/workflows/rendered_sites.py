"""Sites as text, for comparisons that need no device: what each device of a state of the repository shall hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from siteauto.core.errors import Finding, InputError, SeveralErrors, SiteautoError
from siteauto.core.intent import DeviceIntent
from siteauto.core.intent.build import build_intents
from siteauto.core.models import DeviceName, SiteName
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.ports import Inventory, Renderer
from siteauto.workflows.render import Platforms, configured


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedDevice:
    """A device and its whole intended configuration, secrets as markers."""

    intent: DeviceIntent
    platform: PlatformSpec
    text: str

    @property
    def backup_file(self) -> str:
        """What its backup is called."""
        return f"{self.intent.device.name}.{self.platform.backup.extension}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedSite:
    """A site, or the error that kept it from being rendered."""

    site: SiteName
    devices: tuple[RenderedDevice, ...] = ()
    error: SiteautoError | None = None

    def text_of(self, device: DeviceName) -> str | None:
        """What this device shall hold; None: there is no such device."""
        return next((one.text for one in self.devices if one.intent.device.name == device), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The ports to one state of the repository."""

    inventory: Inventory
    platforms: Platforms
    renderer: Renderer


def render_sites(company: Company, names: Sequence[SiteName]) -> tuple[RenderedSite, ...]:
    """Every site of these names that the company has; one site's trouble is that site's."""
    known = set(company.inventory.sites())
    return tuple(_render(company, name) for name in names if name in known)


def require_sound(sites: Sequence[RenderedSite]) -> None:
    """Raise all that is wrong with the sites at once: InputError, SeveralErrors, or the one error there is."""
    errors = tuple(dict.fromkeys(site.error for site in sites if site.error is not None))
    findings: dict[Finding, None] = {}
    for error in errors:
        findings.update(dict.fromkeys(error.findings if isinstance(error, InputError) else ()))
    if findings:
        raise InputError(tuple(findings))
    if errors:
        raise errors[0] if len(errors) == 1 else SeveralErrors(errors)


def _render(company: Company, name: SiteName) -> RenderedSite:
    try:
        intents = build_intents(company.inventory.site(name), company.platforms)
        devices = tuple(
            RenderedDevice(intent=intent, platform=spec, text=company.renderer.render(intent, spec).text)
            for intent, spec in configured(intents, company.platforms)
        )
    except SiteautoError as error:
        return RenderedSite(site=name, error=error)
    return RenderedSite(site=name, devices=devices)
