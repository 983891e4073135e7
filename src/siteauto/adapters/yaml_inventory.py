"""The company as a folder of YAML files: defaults.yaml, archetypes/, sites/ and locks/."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from siteauto.adapters.yaml_inventory_claims import CompanyClaims
from siteauto.adapters.yaml_inventory_explain import explain
from siteauto.adapters.yaml_inventory_explain_chain import Files
from siteauto.adapters.yaml_inventory_files import ARCHETYPES, SITES, InventoryFiles
from siteauto.adapters.yaml_inventory_load import NOTE, Loaded, check_archetype, load_site
from siteauto.adapters.yaml_inventory_ports import PortNames
from siteauto.adapters.yaml_locks import LockFolder, orphaned_lock
from siteauto.core.address_lock import EVERYTHING, AddressChange, AddressLock, lock_of
from siteauto.core.build_intent import build_intents
from siteauto.core.derivations import SiteFacts
from siteauto.core.errors import Finding, InputError, UsageError
from siteauto.core.explanation import Explanation
from siteauto.core.hardware import Platforms
from siteauto.core.models import Site, SiteName
from siteauto.core.problems import nearest

GAP, NO_LOCK = "E1104", "E2901"


class YamlInventory:
    """Implements core.ports.Inventory over a folder. Files are read anew at each call."""

    def __init__(self, root: Path, platforms: Platforms) -> None:
        self._files = InventoryFiles(root)
        self._platforms = platforms

    def sites(self) -> tuple[SiteName, ...]:
        """All sites, sorted."""
        return tuple(SiteName(name) for name in self._files.names(SITES))

    def archetypes(self) -> tuple[str, ...]:
        """All site standards, sorted."""
        return self._files.names(ARCHETYPES)

    def site(self, name: SiteName) -> Site:
        """One site after inheritance and addressing. InputError holds all that is wrong; UsageError: no such site.

        Other sites need not be sound, but what they claim must not be this site's.
        """
        self._require(name)
        loaded = load_site(self._files, name, self._platforms)
        company = self._company({name: loaded})
        conflicts = company.conflicts(about=name)
        findings = (*company.advise(name, loaded.findings), *(conflicts or loaded.lock_findings))
        if findings or loaded.site is None:
            raise InputError(_sort(findings))
        return loaded.site

    def plan_addresses(self, name: SiteName, renumber: Sequence[str] = ()) -> AddressChange:
        """What the site's lock would say if it were written now. Gaps do not matter to addresses.

        Raises InputError for all else that is wrong with the site or with the lock's file, UsageError: no such site.
        """
        self._require(name)
        loaded = load_site(self._files, name, self._platforms, renumber=renumber)
        unreadable = loaded.lock_findings if loaded.lock is None and EVERYTHING not in renumber else ()
        findings = [each for each in (*loaded.findings, *unreadable) if each.code not in (GAP, NO_LOCK)]
        findings += self._company({name: loaded}).conflicts(about=name)
        if findings or loaded.site is None:
            raise InputError(_sort(findings))
        return AddressChange(site=loaded.site, old=loaded.lock, new=lock_of(loaded.site))

    def write_lock(self, lock: AddressLock) -> Path:
        """Pin these addresses. Raises StoreError."""
        return LockFolder(self._files.root).write(lock)

    def explain(self, name: SiteName, path: Sequence[str]) -> Explanation:
        """Where a value of a site comes from; what is derived can be told of a sound site only.

        Raises UsageError for an unknown site or path, InputError when its files cannot be read.
        """
        self._require(name)
        read = self._files.layers(name)
        if not read.layers:
            raise InputError(_sort(read.findings))
        loaded = load_site(self._files, name, self._platforms)
        site = loaded.site if not loaded.all_findings else None
        facts = SiteFacts(site=site, intents=build_intents(site, self._platforms)) if site else None
        names = PortNames(loaded.site.devices if loaded.site else (), self._platforms)
        return explain(Files(site=name, layers=read.layers, facts=facts, ports=names), tuple(path))

    def check(self) -> tuple[Finding, ...]:
        """Everything that is wrong with the company's files, and after it what one should know of them (notes)."""
        loaded = {name: load_site(self._files, name, self._platforms) for name in self.sites()}
        company = self._company(loaded)
        conflicts = company.conflicts()
        findings = [*self._files.check(), *conflicts]
        for name, each in loaded.items():
            findings += company.advise(name, each.findings)
            findings += each.lock_findings if not conflicts else ()  # no lock holds while sites are in conflict
        for archetype in self.archetypes():
            findings += check_archetype(self._files, archetype)
        locks = LockFolder(self._files.root)
        findings += [orphaned_lock(site, locks.name(site)) for site in locks.sites() if site not in loaded]
        notes = tuple(note for each in loaded.values() for note in each.notes)
        return (*_sort(findings), *_sort(notes))

    def _company(self, loaded: Mapping[SiteName, Loaded]) -> CompanyClaims:
        """What all sites claim: those that are loaded already, and the others' own files."""
        others = {name: self._files.own(name)[0] for name in self.sites() if name not in loaded}
        documents = {**{name: each.own for name, each in loaded.items()}, **others}
        regions = next((each.site.regions for each in loaded.values() if each.site is not None), ())
        return CompanyClaims({site: node for site, node in documents.items() if node is not None}, regions)

    def _require(self, name: SiteName) -> None:
        if name not in self.sites():
            raise UsageError(
                f"There is no site {name}",
                expected=f"a file {self._files.shown(SITES, name)}",
                next_step=f"Sites: {nearest(name, self.sites()) or 'none yet'}",
            )


def check_company(inventory: YamlInventory) -> tuple[Finding, ...]:
    """Everything that is wrong with the company's files, sorted by place; empty when all is well."""
    return tuple(finding for finding in inventory.check() if finding.level != NOTE)


def _sort(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By file, line and column; what several sites inherit is told once."""
    return tuple(sorted(dict.fromkeys(findings), key=_order))


def _order(finding: Finding) -> tuple[str, int, int, str]:
    place = finding.place
    return place.file, place.line, place.column, finding.code
