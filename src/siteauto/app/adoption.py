"""Try edits of a site's file in a copy of the inventory. The operator's own files are only read."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from siteauto.adapters.jinja_renderer import JinjaRenderer
from siteauto.adapters.yaml_edit import apply_edits
from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.core.drift.adoption import Edit
from siteauto.core.errors import SiteautoError
from siteauto.core.intent.build import build_intents
from siteauto.core.models import PlatformName, SiteName
from siteauto.core.platform_spec import PlatformSpec
from siteauto.workflows.render import configured
from siteauto.workflows.rendered_sites import RenderedDevice


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTrials:
    """One site and a copy of the inventory in which its file may be written."""

    name: SiteName
    inventory: Path
    platforms: Mapping[PlatformName, PlatformSpec]
    templates: JinjaRenderer
    text: str

    @property
    def file(self) -> str:
        """The site's file, from the top of the repository."""
        return f"inventory/sites/{self.name}.yaml"

    def edited(self, edits: Sequence[Edit]) -> str:
        """What its file would be. Raises StoreError."""
        return apply_edits(self.text, edits, self.file)

    def render(self, edits: Sequence[Edit]) -> tuple[RenderedDevice, ...] | None:
        """The whole site with these edits; None where it would not be sound."""
        platforms = self.platforms
        try:
            (self.inventory / "sites" / f"{self.name}.yaml").write_text(self.edited(edits), encoding="utf-8")
            intents = build_intents(YamlInventory(self.inventory, platforms).build(self.name), platforms)
            return tuple(
                RenderedDevice(intent=intent, platform=spec, text=self.templates.render(intent, spec).text)
                for intent, spec in configured(intents, platforms)
            )
        except SiteautoError:
            return None


@contextmanager
def open_trials(root: Path, site: SiteName, platforms: Mapping[PlatformName, PlatformSpec]) -> Iterator[SiteTrials]:
    """A copy for as long as edits are tried."""
    with tempfile.TemporaryDirectory(prefix="siteauto-") as folder:
        inventory = Path(folder) / "inventory"
        shutil.copytree(root / "inventory", inventory)
        yield SiteTrials(
            name=site,
            inventory=inventory,
            platforms=platforms,
            templates=JinjaRenderer(root / "templates"),
            text=(inventory / "sites" / f"{site}.yaml").read_text(encoding="utf-8"),
        )
