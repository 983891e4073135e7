"""The company as data: inventory, platforms and templates of one repository."""

from dataclasses import dataclass

from siteauto.adapters.jinja_renderer import JinjaRenderer
from siteauto.adapters.yaml_inventory import YamlInventory
from siteauto.app.settings import Settings
from siteauto.core.build_intent import build_intents
from siteauto.core.intent import DeviceIntent
from siteauto.core.models import PlatformName, Site, SiteName
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.ports import Inventory, Renderer
from siteauto.platforms import load_platforms


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """What a repository says, and how it is laid out as text."""

    inventory: Inventory
    platforms: dict[PlatformName, PlatformSpec]
    renderer: Renderer


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """One site, and what each of its devices shall be."""

    company: Company
    site: Site
    intents: tuple[DeviceIntent, ...]

    def intent(self, device: str) -> DeviceIntent:
        """The intent of this device. Raises KeyError."""
        return next(intent for intent in self.intents if intent.device.name == device)


def open_company(settings: Settings) -> Company:
    """Wire the inventory and the templates of the repository."""
    platforms = load_platforms()
    return Company(
        inventory=YamlInventory(settings.inventory, platforms),
        platforms=platforms,
        renderer=JinjaRenderer(settings.templates),
    )


def open_site(company: Company, name: str) -> SiteView:
    """Load, check and derive one site. Raises InputError with all that is wrong, UsageError for an unknown name."""
    site = company.inventory.site(SiteName(name))
    return SiteView(company=company, site=site, intents=build_intents(site, company.platforms))
