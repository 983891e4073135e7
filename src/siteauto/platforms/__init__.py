"""One file per operating system, found because it is here, by its entry point, or in the operator's own folder.

A platform file is Python, so it is run. Only files that the operator has put on his own machine are: never one of a
repository, which anybody may propose a change to.
"""

import importlib
import os
import pkgutil
from importlib.machinery import SourceFileLoader
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

from siteauto.core.errors import UsageError
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import PlatformSpec

ENTRY_POINT_GROUP = "siteauto.platforms"
WRITABLE_BY_OTHERS = 0o022


def load_platforms(own: Path | None = None) -> dict[PlatformName, PlatformSpec]:
    """Every platform that siteauto knows, by name; those of the operator's folder add to it and take the place of ours.

    Raises UsageError when two claim one name, or when a file of the operator's is not his or is no platform file.
    """
    found: dict[PlatformName, PlatformSpec] = {}
    for spec in (*_own_platforms(), *_installed_platforms()):
        if spec.name in found:
            raise UsageError(
                f"Two platform files claim the name {spec.name}",
                expected="one file per platform name",
                next_step=f"Uninstall or rename the one from the entry-point group {ENTRY_POINT_GROUP}",
            )
        found[spec.name] = spec
    operators = {spec.name: spec for spec in (_load_file(file) for file in operator_files(own))}
    return {name: (found | operators)[name] for name in sorted(found | operators)}


def operator_files(folder: Path | None) -> tuple[Path, ...]:
    """The platform files in this folder. Raises UsageError where somebody else could have written one."""
    if folder is None or not folder.is_dir():
        return ()
    files = tuple(sorted(folder.glob("*.py")))
    for path in (folder, *files):
        found = path.stat()
        if found.st_mode & WRITABLE_BY_OTHERS or found.st_uid not in (os.getuid(), 0):
            raise UsageError(
                f"Others can change {path}, which siteauto would run",
                expected="a folder and files of yours that only you can write to",
                next_step=f"chmod go-w {path}, and look at what is in it",
            )
    return files


def _load_file(file: Path) -> PlatformSpec:
    loader = SourceFileLoader(f"siteauto_operator_platforms.{file.stem}", str(file))
    module = ModuleType(loader.name)
    try:
        loader.exec_module(module)
        spec = module.PLATFORM
    except Exception as error:
        raise _no_platform_file(file, f"{type(error).__name__}: {error}") from error
    if not isinstance(spec, PlatformSpec):
        raise _no_platform_file(file, f"PLATFORM is a {type(spec).__name__}")
    return spec


def _no_platform_file(file: Path, found: str) -> UsageError:
    return UsageError(
        f"{file} is no platform file",
        expected="a Python file with PLATFORM = PlatformSpec(…)",
        found=found,
        next_step="Correct it, or move it away; docs/backup.md shows one",
    )


def _own_platforms() -> list[PlatformSpec]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f"{__name__}.{name}").PLATFORM for name in names]


def _installed_platforms() -> list[PlatformSpec]:
    return [point.load() for point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda point: point.name)]
