"""Address locks as files: inventory/locks/SITE.yaml, written by `siteauto addresses` and read by people."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from siteauto.adapters.whole_files import replace_file
from siteauto.adapters.yaml_documents import Node, read_document
from siteauto.adapters.yaml_inventory.findings import findings_of_schema, spot
from siteauto.adapters.yaml_inventory.schema import Part
from siteauto.adapters.yaml_inventory.words import Address, Network, Text
from siteauto.core.errors import Finding, Place
from siteauto.core.site.address_lock import AddressLock
from siteauto.core.site.lock_rules import LockProblem, check_lock, write_command

LOCKS = "locks"
PLAIN = re.compile(r"[A-Za-z][\w-]*")


class LockDocument(Part):
    """The shape of a lock."""

    version: Literal["1"]
    site: Text
    supernet: Network
    subnets: dict[str, Network]
    devices: dict[str, Address]


@dataclass(frozen=True, slots=True, kw_only=True)
class LockFile:
    """A lock that was read and is sound, and where its values stand."""

    lock: AddressLock
    root: Node


class LockFolder:
    """The locks of an inventory."""

    def __init__(self, inventory: Path) -> None:
        self._inventory = inventory

    def sites(self) -> tuple[str, ...]:
        """The sites that have a lock, sorted."""
        return tuple(sorted(path.stem for path in (self._inventory / LOCKS).glob("*.yaml")))

    def path(self, site: str) -> Path:
        """The file of a site's lock, whether or not it exists."""
        return self._inventory / LOCKS / f"{site}.yaml"

    def name(self, site: str) -> str:
        """How messages call the file."""
        return f"{self._inventory.name}/{LOCKS}/{site}.yaml"

    def read(self, site: str) -> tuple[LockFile | None, tuple[Finding, ...]]:
        """The lock of a site, and what is wrong with it by itself. Without a file: nothing, and nothing wrong."""
        if not self.path(site).exists():
            return None, ()
        root, findings = read_document(self.path(site), self.name(site))
        if root is None or findings:
            return None, tuple(_with_help(each, site) for each in findings)
        try:
            document = LockDocument.model_validate(root.plain())
        except ValidationError as error:
            return None, findings_of_schema(error, root, LockDocument)
        lock = AddressLock(
            site=document.site, supernet=document.supernet, subnets=document.subnets, devices=document.devices
        )
        if bad := tuple(finding_of_lock(problem, root) for problem in check_lock(lock, site)):
            return None, bad
        return LockFile(lock=lock, root=root), ()

    def write(self, lock: AddressLock) -> Path:
        """Replace the lock of its site. Raises StoreError; the old one then stays."""
        path = self.path(lock.site)
        replace_file(path, lock_text(lock).encode())
        return path


def lock_text(lock: AddressLock) -> str:
    """A lock as its file says it: subnets and devices in the order of their addresses."""
    lines = [
        f"# The subnets and devices of {lock.site}. What is here keeps its address, whatever else the site gets.",
        f"# Written by `{write_command(lock.site)}`; commit it with the site.",
        "version: 1",
        f"site: {lock.site}",
        f"supernet: {lock.supernet}",
        *_block("subnets", lock.subnets),
        *_block("devices", lock.devices),
    ]
    return "\n".join(lines) + "\n"


def _block(name: str, members: Mapping[str, object]) -> list[str]:
    if not members:
        return [f"{name}: {{}}"]
    return [f"{name}:", *(f"  {_word(key)}: {value}" for key, value in members.items())]


def _word(text: str) -> str:
    return text if PLAIN.fullmatch(text) else json.dumps(text)


def finding_of_lock(problem: LockProblem, root: Node, site: Node | None = None) -> Finding:
    """A problem with its place in the lock, and with the places of the site's own words (merged: `site`)."""
    node = root.find(problem.path)
    place = node.key_place if problem.at_key and node.key_place else node.place
    related = problem.related if site is not None else ()
    return Finding(
        code=problem.code,
        message=problem.message,
        place=place,
        notes=tuple(f"{each.text}, from {spot(site.find(each.path).place)}" for each in related if site is not None),
        help=problem.help,
    )


def missing_lock(site: str, place: Place) -> Finding:
    """A site without a lock, told at its supernet."""
    message = f"the addresses of {site} are pinned nowhere: it has no lock"
    return Finding(code="E2901", message=message, place=place, help=f"run: {write_command(site)}")


def orphaned_lock(site: str, name: str) -> Finding:
    """A lock whose site has no file."""
    message = f"this is the lock of {site}, and there is no such site"
    place = Place(file=name, line=1)
    return Finding(code="E2906", message=message, place=place, help="remove it, or bring the site back")


def _with_help(finding: Finding, site: str) -> Finding:
    """A lock that cannot be read is best taken from git, or made again."""
    return Finding(
        code=finding.code,
        message=finding.message,
        place=finding.place,
        notes=finding.notes,
        help=finding.help or f"restore it from git, or plan anew: {write_command(site, 'all')}",
    )
