"""Import the devices of Oxidized or RANCID: read their files, write site files, keep the passwords out of git."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from siteauto.adapters.oxidized_config import read_oxidized_config
from siteauto.adapters.secret_file import create_secrets
from siteauto.adapters.whole_files import create_file
from siteauto.adapters.yaml_inventory.files import SITES, InventoryFiles
from siteauto.app.settings import Settings
from siteauto.core.errors import UsageError
from siteauto.core.models import PlatformName
from siteauto.core.way_in.imported import Imported, make_sites, sites_of
from siteauto.core.way_in.old_devices import OldDevice
from siteauto.core.way_in.other_names import Tool, oxidized, platform_of, rancid
from siteauto.core.way_in.oxidized import OxidizedRules, read_oxidized
from siteauto.core.way_in.rancid import left_out, read_cloginrc, read_rancid
from siteauto.platforms import load_platforms


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """What is read, and into which sites it goes: one for all, or one for each group."""

    files: tuple[Path, ...]
    site: str = ""
    groups: Mapping[str, str]
    secrets_out: Path | None = None
    dry_run: bool = False


def import_oxidized(settings: Settings, request: ImportRequest, config: Path | None) -> Imported:
    """The devices of Oxidized's router.db. Raises UsageError, and then nothing was written."""
    rules = _rules(config)
    devices = [one for file in request.files for one in read_oxidized(_read(file), rules, file=str(file))]
    return _import(settings, request, devices, oxidized)


def import_rancid(settings: Settings, request: ImportRequest, cloginrc: Path | None) -> Imported:
    """The devices of RANCID's router.db; its folder is their group. Raises UsageError, and then nothing was written."""
    directives = read_cloginrc(_read(cloginrc)) if cloginrc is not None else ()
    texts = {file: _read(file) for file in request.files}
    devices = [one for file, text in texts.items() for one in read_rancid(text, file.resolve().parent.name, directives)]
    notes = [f"{each}: left out" for text in texts.values() for each in left_out(text)]
    notes += [f"the cloginrc includes {one.values[0]}: not read" for one in directives if one.kind == "include"]
    found = _import(settings, request, devices, rancid)
    return replace(found, notes=(*found.notes, *notes))


def read_platforms(router_db: Path, config: Path | None) -> dict[str, PlatformName]:
    """The platform of each device of a router.db, as far as siteauto has one. Semicolons are RANCID's."""
    text, platforms = _read(router_db), load_platforms()
    if config is None and ";" in text:
        devices, tool = read_rancid(text, "", ()), rancid
    else:
        devices, tool = read_oxidized(text, _rules(config), file=str(router_db)), oxidized
    named = {one.name: platform_of(one.model, platforms, tool) for one in devices}
    return {name: platform for name, platform in named.items() if platform is not None}


def _rules(config: Path | None) -> OxidizedRules:
    return read_oxidized_config(_read(config)) if config is not None else OxidizedRules()


def _import(settings: Settings, request: ImportRequest, devices: Sequence[OldDevice], tool: Tool) -> Imported:
    if not devices:
        raise UsageError(
            "There is no device in it", expected="a router.db", next_step="Look whether it is the right one"
        )
    sites = sites_of({one.group for one in devices}, request.groups, request.site)
    found = make_sites(devices, sites, platforms=load_platforms(), tool=tool)
    if not request.dry_run:
        _write(InventoryFiles(settings.inventory), request, found)
    return found


def _write(files: InventoryFiles, request: ImportRequest, found: Imported) -> None:
    taken = [files.path(SITES, one.name) for one in found.sites if files.path(SITES, one.name).exists()]
    if taken:
        raise UsageError(
            f"{', '.join(map(str, taken))}: there already",
            expected="sites that have no file yet",
            next_step="Print the devices with --dry-run and add them to that file's backup_only",
        )
    if request.secrets_out is not None:
        create_secrets(request.secrets_out, {name: value for name, value in found.secrets.items() if value})
    for one in found.sites:
        create_file(files.path(SITES, one.name), one.text.encode())


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise UsageError(
            f"{file} cannot be read", expected="a file", found=error.strerror or "", next_step="Name another one"
        ) from error
