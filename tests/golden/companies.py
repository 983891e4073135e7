"""The example company, and with it the test-only sites that platforms bring in their golden folders."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.core.intent import DeviceIntent
from siteauto.core.intent.build import build_intents
from siteauto.core.models import Site, SiteName
from siteauto.platforms import load_platforms

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent
EXAMPLE = SiteName("us-nyc-mad01")
ROUTER = SiteName("us-sea-pik01")  # the site behind an OpenWrt router: that platform's own site has access points only


@cache
def company() -> Path:
    """A copy of the repository's inventory and templates, with <platform>/inventory/ of every platform laid over it."""
    folder = Path(tempfile.mkdtemp(prefix="siteauto-golden-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return lay_out(folder)


def lay_out(folder: Path) -> Path:
    """Make such a copy here."""
    for name in ("inventory", "templates", "playbooks"):
        shutil.copytree(ROOT / name, folder / name)
    for overlay in sorted(GOLDEN.glob("*/inventory")):
        shutil.copytree(overlay, folder / "inventory", dirs_exist_ok=True)
    return folder


@cache
def platform_sites() -> dict[str, SiteName]:
    """The test-only sites, by the platform that brings them."""
    files = sorted(GOLDEN.glob("*/inventory/sites/*.yaml"))
    return {file.parents[2].name: SiteName(file.stem) for file in files}


@cache
def site_and_intents(name: str) -> tuple[Site, tuple[DeviceIntent, ...]]:
    """A site of that company and what each of its devices shall be."""
    platforms = load_platforms()
    site = YamlInventory(company() / "inventory", platforms).site(SiteName(name))
    return site, build_intents(site, platforms)
