"""The company as a folder of YAML files: defaults.yaml, archetypes/, sites/ and locks/."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from siteauto.adapters.fleet_cache import FleetCache
from siteauto.adapters.fleet_cache_entries import known_site
from siteauto.adapters.yaml_inventory.claims import CompanyClaims, read_claim
from siteauto.adapters.yaml_inventory.explain import explain
from siteauto.adapters.yaml_inventory.explain_chain import Files
from siteauto.adapters.yaml_inventory.files import ARCHETYPES, SITES, InventoryFiles
from siteauto.adapters.yaml_inventory.load import NOTE, Loaded, check_archetype, load_site
from siteauto.adapters.yaml_inventory.plain import says_backup_only
from siteauto.adapters.yaml_inventory.ports import PortNames
from siteauto.adapters.yaml_inventory.said import all_said
from siteauto.adapters.yaml_locks import LockFolder, orphaned_lock
from siteauto.core.change.sources import Said
from siteauto.core.errors import Finding, InputError, UsageError
from siteauto.core.intent.build import build_intents
from siteauto.core.models import SecretRef, Site, SiteName
from siteauto.core.site.address_lock import EVERYTHING, AddressChange, AddressLock, lock_of
from siteauto.core.site.company_rules import Claim
from siteauto.core.site.derivations import SiteFacts
from siteauto.core.site.estate import Region
from siteauto.core.site.explanation import Explanation
from siteauto.core.site.hardware import Platforms
from siteauto.core.site.problems import nearest
from siteauto.core.site.rules_backup_only import is_backup_only

GAP, NO_LOCK = "E1104", "E2901"


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundSite:
    """A site with nothing wrong in its files; None: it is known from the cache and was not built.

    `digest` is that of the files it was made from; empty when they changed while they were read, or without a cache.
    """

    site: Site | None
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyLook:
    """What one look at the whole company found: problems first, then notes; and the sound sites."""

    findings: tuple[Finding, ...]
    sites: Mapping[SiteName, SoundSite]
    logins: tuple[SecretRef, ...]  # of boxes that siteauto only reads

    @property
    def problems(self) -> tuple[Finding, ...]:
        """What is wrong."""
        return tuple(finding for finding in self.findings if finding.level != NOTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What a look keeps of each site."""

    digest: str
    claim: Claim | None
    notes: tuple[Finding, ...]
    logins: tuple[SecretRef, ...]
    is_sound: bool
    site: Site | None = None
    findings: tuple[Finding, ...] = ()
    lock_findings: tuple[Finding, ...] = ()


class YamlInventory:
    """Implements core.ports.Inventory over a folder. Files are read anew at each call, but for what a cache knows."""

    def __init__(self, root: Path, platforms: Platforms, cache: FleetCache | None = None) -> None:
        self._files = InventoryFiles(root)
        self._platforms = platforms
        self._cache = cache

    def sites(self) -> tuple[SiteName, ...]:
        """All sites, sorted."""
        return tuple(SiteName(name) for name in self._files.names(SITES))

    def configured_sites(self) -> tuple[SiteName, ...]:
        """The sites with more than boxes that are only read, sorted. A file that cannot be read is one of them."""
        own = {name: self._files.own(name)[0] for name in self.sites()}
        return tuple(name for name, said in own.items() if said is None or not says_backup_only(said))

    def archetypes(self) -> tuple[str, ...]:
        """All site standards, sorted."""
        return self._files.names(ARCHETYPES)

    def site(self, name: SiteName) -> Site:
        """One site after inheritance and addressing. InputError holds all that is wrong; UsageError: no such site.

        Other sites need not be sound, but what they claim must not be this site's.
        """
        self._require(name)
        loaded = load_site(self._files, name, self._platforms)
        company = self._company()
        conflicts = company.conflicts(about=name)
        findings = (*company.advise(name, loaded.findings), *(conflicts or loaded.lock_findings))
        if findings or loaded.site is None:
            raise InputError(_sort(findings))
        return loaded.site

    def is_known(self, name: SiteName, digest: str) -> bool:
        """Whether the cache tells, without a look at the site, that it is sound as it is with this digest."""
        known = self._cache.site(name, digest) if self._cache else None
        return known is not None and not self._company().conflicts(about=name)

    def plan_addresses(self, name: SiteName, renumber: Sequence[str] = ()) -> AddressChange:
        """What the site's lock would say if it were written now. Gaps do not matter to addresses.

        Raises InputError for all else that is wrong with the site or with the lock's file, UsageError: no such site.
        """
        self._require(name)
        loaded = load_site(self._files, name, self._platforms, renumber=renumber)
        findings = (*_but_for_addresses(loaded, renumber), *self._company().conflicts(about=name))
        if findings or loaded.site is None:
            raise InputError(_sort(findings))
        if is_backup_only(loaded.site):
            raise UsageError(
                f"{name} has no address plan",
                expected="a site that follows an archetype",
                found="boxes that are only backed up",
                next_step="See them in its file, under backup_only",
            )
        return AddressChange(site=loaded.site, old=loaded.lock, new=lock_of(loaded.site))

    def plan_all_addresses(self) -> tuple[AddressChange, ...]:
        """The same for every site that has a plan. Raises InputError for all that is wrong with any of them."""
        loaded = {name: load_site(self._files, name, self._platforms) for name in self.sites()}
        claims = {str(name): read_claim(name, each.own) for name, each in loaded.items() if each.own}
        findings = [finding for each in loaded.values() for finding in _but_for_addresses(each)]
        findings += self._claims(claims).conflicts()
        if findings:
            raise InputError(_sort(findings))
        planned = [(each.site, each.lock) for each in loaded.values() if each.site and not is_backup_only(each.site)]
        return tuple(AddressChange(site=site, old=lock, new=lock_of(site)) for site, lock in planned)

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
        file, _ = LockFolder(self._files.root).read(name) if facts else (None, ())
        lock = file.root if file else None
        return explain(Files(site=name, layers=read.layers, lock=lock, facts=facts, ports=names), tuple(path))

    def said(self, name: SiteName) -> tuple[Said, ...]:
        """Every value that holds for a site, with its line; none while its files cannot be read."""
        read = self._files.layers(name) if self._files.has_site(name) else None
        if read is None or not read.layers:
            return ()
        loaded = load_site(self._files, name, self._platforms)
        names = PortNames(loaded.site.devices if loaded.site else (), self._platforms)
        return tuple(all_said(read.merged(), names))

    def look(self) -> CompanyLook:
        """Everything that is wrong with the company's files, and after it what one should know of them (notes)."""
        found = {name: self._find(name) for name in self.sites()}
        company = self._claims({str(name): each.claim for name, each in found.items() if each.claim})
        conflicts = company.conflicts()
        findings = [*self._files.check(), *conflicts, *self._check_archetypes(), *self._check_locks()]
        for name, each in found.items():
            findings += company.advise(name, each.findings)
            findings += each.lock_findings if not conflicts else ()  # no lock holds while sites are in conflict
        sound = {name: each for name, each in found.items() if each.is_sound}
        return CompanyLook(
            findings=(*_sort(findings), *_sort(note for each in found.values() for note in each.notes)),
            sites={name: SoundSite(site=each.site, digest=each.digest) for name, each in sound.items()},
            logins=tuple(login for each in sound.values() for login in each.logins),
        )

    def build(self, name: SiteName) -> Site:
        """A site that a look has found sound, without another look at the company. Raises InputError all the same."""
        loaded = load_site(self._files, name, self._platforms)
        if loaded.all_findings or loaded.site is None:
            raise InputError(_sort(loaded.all_findings))
        return loaded.site

    def _find(self, name: SiteName) -> _Found:
        """The site as the cache knows it, or as it is."""
        digest = self._cache.digest(name) if self._cache else ""
        known = self._cache.site(name, digest) if self._cache else None
        if known is not None:
            return _Found(digest=digest, claim=known.claim, notes=known.notes, logins=known.logins, is_sound=True)
        loaded = load_site(self._files, name, self._platforms)
        claim = read_claim(name, loaded.own) if loaded.own else None
        is_sound = loaded.site is not None and not loaded.all_findings
        kept = False
        if self._cache and loaded.site and claim and is_sound:
            kept = self._cache.keep_site(digest, known_site(loaded.site, claim, loaded.notes))
        return _Found(
            site=loaded.site,
            digest=digest if kept else "",
            claim=claim,
            findings=loaded.findings,
            lock_findings=loaded.lock_findings,
            notes=loaded.notes,
            logins=tuple(each.password for each in loaded.site.backup_only) if loaded.site else (),
            is_sound=is_sound,
        )

    def _check_archetypes(self) -> Iterator[Finding]:
        for name in self.archetypes():
            digest = self._cache.archetype_digest(name) if self._cache else ""
            if self._cache and self._cache.is_good_archetype(name, digest):
                continue
            findings = check_archetype(self._files, name)
            yield from findings
            if self._cache and not findings:
                self._cache.keep_archetype(name, digest)

    def _check_locks(self) -> Iterator[Finding]:
        locks = LockFolder(self._files.root)
        gone = sorted({*locks.sites()} - {*self._files.names(SITES)})
        return (orphaned_lock(site, locks.name(site)) for site in gone)

    # ── what sites claim ─────────────────────────────────────────────────────────────────────────────────────────────

    def learn_claims(self) -> None:
        """Read what all sites claim, where a cache keeps it: processes that are forked from here know it then."""
        self._company()

    def _company(self) -> CompanyClaims:
        """What all sites claim."""
        return self._claims({str(site): claim for site in self.sites() if (claim := self._claim(site)) is not None})

    def _claim(self, name: SiteName) -> Claim | None:
        return self._cache.claim(name, self._read_claim) if self._cache else self._read_claim(name)

    def _read_claim(self, name: str) -> Claim | None:
        own, _ = self._files.own(name)
        return read_claim(name, own) if own else None

    def _claims(self, claims: Mapping[str, Claim]) -> CompanyClaims:
        return CompanyClaims(claims, lambda site: self._files.own(site)[0], self._regions)

    def _regions(self) -> tuple[Region, ...]:
        """What the first site that can be read says of them: all sites inherit them."""
        sites = (load_site(self._files, name, self._platforms).site for name in self.sites())
        return next((site.regions for site in sites if site is not None), ())

    def _require(self, name: SiteName) -> None:
        if not self._files.has_site(name):
            raise UsageError(
                f"There is no site {name}",
                expected=f"a file {self._files.shown(SITES, name)}",
                next_step=nearest(name, self.sites()),
            )


def _but_for_addresses(loaded: Loaded, renumber: Sequence[str] = ()) -> tuple[Finding, ...]:
    """What must be mended before addresses can be planned: gaps and a missing lock need not, a broken lock must."""
    broken = loaded.lock_findings if loaded.lock is None and EVERYTHING not in renumber else ()
    return tuple(each for each in (*loaded.findings, *broken) if each.code not in (GAP, NO_LOCK))


def check_company(inventory: YamlInventory) -> tuple[Finding, ...]:
    """Everything that is wrong with the company's files, sorted by place; empty when all is well."""
    return inventory.look().problems


def _sort(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By file, line and column; what several sites inherit is told once."""
    return tuple(sorted(dict.fromkeys(findings), key=_order))


def _order(finding: Finding) -> tuple[str, int, int, str]:
    place = finding.place
    return place.file, place.line, place.column, finding.code
