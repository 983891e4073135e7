"""The company as data: inventory, platforms and templates of one repository."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from siteauto.adapters.content_cache import ContentCache
from siteauto.adapters.fleet_cache import FleetCache
from siteauto.adapters.jinja_renderer import JinjaRenderer
from siteauto.adapters.running_code import RunningCode
from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.adapters.yaml_inventory.json_schema import json_schemas
from siteauto.app.settings import Settings
from siteauto.core.errors import Finding, InputError, UsageError
from siteauto.core.intent import DeviceIntent
from siteauto.core.intent.build import build_intents
from siteauto.core.models import PlatformName, Site, SiteName
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.ports import Renderer
from siteauto.core.site.explanation import Explanation
from siteauto.platforms import load_platforms, operator_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """What a repository says, and how it is laid out as text. `opened` are sites that were read already."""

    inventory: YamlInventory
    platforms: dict[PlatformName, PlatformSpec]
    renderer: Renderer
    cache: FleetCache | None = None
    opened: dict[SiteName, Site] = field(default_factory=dict, compare=False)


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
    platforms = load_platforms(settings.own_platforms)
    cache = None
    if settings.cache is not None:
        kept = ContentCache(settings.cache)
        cache = FleetCache(
            inventory=settings.inventory,
            templates=settings.templates,
            cache=kept,
            code=RunningCode(own=operator_files(settings.own_platforms)),
        )
    return Company(
        inventory=YamlInventory(settings.inventory, platforms, cache),
        platforms=platforms,
        renderer=JinjaRenderer(settings.templates),
        cache=cache,
    )


def open_site(company: Company, name: str) -> SiteView:
    """Load, check and derive one site. Raises InputError with all that is wrong, UsageError for an unknown name."""
    site = company.opened[SiteName(name)] = company.inventory.site(SiteName(name))
    return SiteView(company=company, site=site, intents=build_intents(site, company.platforms))


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedInventory:
    """What `validate` looked at, and what it found: problems, and notes about what is not wrong."""

    sites: tuple[SiteName, ...]
    findings: tuple[Finding, ...]

    @property
    def problems(self) -> tuple[Finding, ...]:
        """What is wrong."""
        return tuple(finding for finding in self.findings if finding.level == "error")


def check_inventory(settings: Settings) -> CheckedInventory:
    """Look at the whole company, sites against each other included."""
    inventory = open_company(settings).inventory
    try:
        return CheckedInventory(sites=inventory.sites(), findings=inventory.look().findings)
    except InputError as error:  # the folder itself cannot be read
        return CheckedInventory(sites=(), findings=error.findings)


def find_intent(settings: Settings, device: str) -> DeviceIntent:
    """The intent of the device with this full name. Raises UsageError for an unknown one, InputError for a bad site."""
    site, _, short = device.rpartition("-")
    view = open_site(open_company(settings), site or device)
    found = next((intent for intent in view.intents if intent.device.short == short), None)
    if found is None:
        raise UsageError(
            f"There is no device {device}",
            expected=", ".join(intent.device.name for intent in view.intents),
            next_step="Give the full name of a device: its site, a dash and its key",
        )
    return found


def explain_value(settings: Settings, site: str, path: str) -> Explanation:
    """Where the value of a site at this dotted path comes from. Raises UsageError for an unknown site or path."""
    return YamlInventory(settings.inventory, load_platforms(settings.own_platforms)).explain(
        SiteName(site), path.split(".")
    )


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write the JSON Schema of each kind of inventory file into a folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for kind, schema in json_schemas().items():
        file = folder / f"{kind}.schema.json"
        file.write_text(json.dumps(schema, indent=2) + "\n", encoding="utf-8")
        files.append(file)
    return tuple(files)
