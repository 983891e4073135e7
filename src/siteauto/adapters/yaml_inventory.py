"""The company as a folder of YAML files: defaults.yaml, archetypes/ and sites/."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from siteauto.adapters.yaml_documents import Node, read_document
from siteauto.adapters.yaml_inventory_explain import explain
from siteauto.adapters.yaml_inventory_explain_chain import Files
from siteauto.adapters.yaml_inventory_findings import finding_of_problem, findings_of_schema
from siteauto.adapters.yaml_inventory_layers import merge_layers
from siteauto.adapters.yaml_inventory_port_rules import check_port_words
from siteauto.adapters.yaml_inventory_ports import PortNames, nearest_last
from siteauto.adapters.yaml_inventory_rules import check_document, finding_of_conflict, read_claim
from siteauto.adapters.yaml_inventory_schema import SiteDocument
from siteauto.adapters.yaml_inventory_site import build_site
from siteauto.core.build_intent import build_intents
from siteauto.core.company_rules import find_conflicts
from siteauto.core.derivations import SiteFacts
from siteauto.core.errors import Finding, InputError, Place, UsageError
from siteauto.core.explanation import Explanation
from siteauto.core.hardware import Platforms
from siteauto.core.models import Site, SiteName
from siteauto.core.problems import Problem, nearest
from siteauto.core.site_notes import find_notes
from siteauto.core.site_rules import check_site

DEFAULTS = "defaults.yaml"
ARCHETYPES = "archetypes"
SITES = "sites"
NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loaded:
    """What became of a site's files: its own document and, if the shape of all of them allows, the site."""

    own: Node | None
    site: Site | None
    findings: tuple[Finding, ...]
    notes: tuple[Finding, ...] = ()


class YamlInventory:
    """Implements core.ports.Inventory over a folder. Files are read anew at each call."""

    def __init__(self, root: Path, platforms: Platforms) -> None:
        self._root = root
        self._platforms = platforms

    def sites(self) -> tuple[SiteName, ...]:
        """All sites, sorted."""
        return tuple(SiteName(name) for name in self._names(SITES))

    def archetypes(self) -> tuple[str, ...]:
        """All site standards, sorted."""
        return self._names(ARCHETYPES)

    def site(self, name: SiteName) -> Site:
        """One site after inheritance and addressing. InputError holds all that is wrong; UsageError: no such site.

        Other sites need not be sound, but what they claim must not be this site's.
        """
        self._require(name)
        loaded = self._load(name)
        documents = {name: loaded.own, **{other: self._own(other)[0] for other in self.sites() if other != name}}
        conflicts = _conflicts({site: node for site, node in documents.items() if node is not None}, about=name)
        findings = (*loaded.findings, *conflicts)
        if findings or loaded.site is None:
            raise InputError(_sort(findings))
        return loaded.site

    def explain(self, name: SiteName, path: Sequence[str]) -> Explanation:
        """Where a value of a site comes from; what is derived can be told of a sound site only.

        Raises UsageError for an unknown site or path, InputError when its files cannot be read.
        """
        self._require(name)
        _, layers, findings = self._layers(name)
        if not layers:
            raise InputError(_sort(findings))
        loaded = self._load(name)
        site = loaded.site if not loaded.findings else None
        facts = SiteFacts(site=site, intents=build_intents(site, self._platforms)) if site else None
        names = PortNames(loaded.site.devices if loaded.site else (), self._platforms)
        return explain(Files(site=name, layers=layers, facts=facts, ports=names), tuple(path))

    def check(self) -> tuple[Finding, ...]:
        """Everything that is wrong with the company's files, and after it what one should know of them (notes)."""
        loaded = {name: self._load(name) for name in self.sites()}
        documents = {str(name): each.own for name, each in loaded.items() if each.own is not None}
        findings = [finding for each in loaded.values() for finding in each.findings]
        for name in self.archetypes():
            findings += self._check_archetype(name)
        notes = tuple(note for each in loaded.values() for note in each.notes)
        return (*_sort((*findings, *_conflicts(documents), *self._check_files())), *_sort(notes))

    def _require(self, name: SiteName) -> None:
        if name not in self.sites():
            raise UsageError(
                f"There is no site {name}",
                expected=f"a file {self._name(SITES, name)}",
                next_step=f"Sites: {nearest(name, self.sites()) or 'none yet'}",
            )

    # ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _names(self, folder: str) -> tuple[str, ...]:
        return tuple(sorted(path.stem for path in (self._root / folder).glob("*.yaml")))

    def _name(self, *parts: str) -> str:
        """How messages call a file."""
        return "/".join((self._root.name, *parts)) + ".yaml"

    def _own(self, name: str) -> tuple[Node | None, tuple[Finding, ...]]:
        return read_document(self._root / SITES / f"{name}.yaml", self._name(SITES, name))

    def _defaults(self) -> tuple[Node | None, tuple[Finding, ...]]:
        return read_document(self._root / DEFAULTS, f"{self._root.name}/{DEFAULTS}")

    def _archetype(self, name: str) -> tuple[Node | None, tuple[Finding, ...]]:
        return read_document(self._root / ARCHETYPES / f"{name}.yaml", self._name(ARCHETYPES, name))

    # ── one site ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _load(self, name: str) -> _Loaded:
        own, layers, findings = self._layers(name)
        if not layers:
            return _Loaded(own=own, site=None, findings=findings)
        root = merge_layers(layers)
        try:
            document = SiteDocument.model_validate(root.plain())
        except ValidationError as error:
            return _Loaded(own=own, site=None, findings=(*findings, *findings_of_schema(error, root)))
        site = build_site(document, self._platforms)
        site = replace(site, port_overrides=nearest_last(site.port_overrides, root, layers))
        problems = (
            *check_document(document, name),
            *check_port_words(document, site, root),
            *check_site(site, self._platforms),
        )
        return _Loaded(
            own=own,
            site=site,
            findings=(*findings, *(finding_of_problem(problem, root) for problem in problems)),
            notes=tuple(replace(finding_of_problem(note, root), level=NOTE) for note in find_notes(site)),
        )

    def _layers(self, name: str) -> tuple[Node | None, tuple[Node, ...], tuple[Finding, ...]]:
        """The site's own document, and it with what it inherits: nothing when that cannot be read or found."""
        defaults, bad_defaults = self._defaults()
        own, bad_own = self._own(name)
        findings = (*bad_defaults, *bad_own)
        if own is None or defaults is None:
            return own, (), findings
        wanted = own.find(("archetype",)).value
        if not isinstance(wanted, str) or wanted not in self.archetypes():
            return own, (), (*findings, _no_archetype(wanted, own, self.archetypes()))
        archetype, bad_archetype = self._archetype(wanted)
        findings = (*findings, *bad_archetype)
        return own, (defaults, archetype, own) if archetype else (), findings

    # ── what no site shows ───────────────────────────────────────────────────────────────────────────────────────────

    def _check_archetype(self, name: str) -> tuple[Finding, ...]:
        """The shape of an archetype, whether or not a site uses it. What only a site can give may be missing."""
        defaults, _ = self._defaults()
        archetype, findings = self._archetype(name)
        if defaults is None or archetype is None:
            return findings
        root = merge_layers((defaults, archetype))
        problem = Problem(
            code="E1203",
            message=f"the file of the archetype is called {name}.yaml",
            path=("archetype",),
            help=f"write archetype: {name}",
        )
        if root.find(("archetype",)).value != name:
            findings = (*findings, finding_of_problem(problem, root))
        try:
            SiteDocument.model_validate(root.plain())
        except ValidationError as error:
            findings = (*findings, *(each for each in findings_of_schema(error, root) if each.code != "E1102"))
        return findings

    def _check_files(self) -> tuple[Finding, ...]:
        findings = list(self._defaults()[1])
        if not self.sites():
            place = Place(file=f"{self._root.name}/{SITES}", line=1)
            findings.append(Finding(code="E1204", message="the inventory has no sites", place=place))
        for folder in (ARCHETYPES, SITES):
            for path in sorted((self._root / folder).glob("*.yml")):
                place = Place(file=f"{self._root.name}/{folder}/{path.name}", line=1)
                help_ = f"call it {path.stem}.yaml"
                findings.append(Finding(code="E1205", message="this file is not read", place=place, help=help_))
        return tuple(findings)


def check_company(inventory: YamlInventory) -> tuple[Finding, ...]:
    """Everything that is wrong with the company's files, sorted by place; empty when all is well."""
    return tuple(finding for finding in inventory.check() if finding.level != NOTE)


def _no_archetype(wanted: object, own: Node, known: tuple[str, ...]) -> Finding:
    named = isinstance(wanted, str)
    message = f"there is no archetype {wanted}" if named else "the site names no archetype"
    help_ = nearest(str(wanted) if named else "", known)
    return finding_of_problem(Problem(code="E1201", message=message, path=("archetype",), help=help_), own)


def _conflicts(documents: dict[str, Node], about: str = "") -> tuple[Finding, ...]:
    """What two sites claim, or what this site and another one do."""
    found = find_conflicts([read_claim(name, document) for name, document in documents.items()])
    return tuple(
        finding_of_conflict(each, documents) for each in found if not about or about in (each.site, each.other)
    )


def _sort(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """By file, line and column; what several sites inherit is told once."""
    return tuple(sorted(dict.fromkeys(findings), key=_order))


def _order(finding: Finding) -> tuple[str, int, int, str]:
    place = finding.place
    return place.file, place.line, place.column, finding.code
