"""One file per operating system. A platform is found because its file is here, or by its entry point."""

import importlib
import pkgutil
from importlib.metadata import entry_points

from siteauto.core.errors import UsageError
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import PlatformSpec

ENTRY_POINT_GROUP = "siteauto.platforms"


def load_platforms() -> dict[PlatformName, PlatformSpec]:
    """Every platform that siteauto knows, by name. Raises UsageError when two claim one name."""
    found: dict[PlatformName, PlatformSpec] = {}
    for spec in (*_own_platforms(), *_installed_platforms()):
        if spec.name in found:
            raise UsageError(
                f"Two platform files claim the name {spec.name}",
                expected="one file per platform name",
                next_step=f"Uninstall or rename the one from the entry-point group {ENTRY_POINT_GROUP}",
            )
        found[spec.name] = spec
    return found


def _own_platforms() -> list[PlatformSpec]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f"{__name__}.{name}").PLATFORM for name in names]


def _installed_platforms() -> list[PlatformSpec]:
    return [point.load() for point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda point: point.name)]
