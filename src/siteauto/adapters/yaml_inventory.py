"""The company as a folder of YAML files: defaults.yaml, archetypes/ and sites/."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from siteauto.adapters.yaml_documents import Node, read_document
from siteauto.adapters.yaml_inventory_findings import finding_of_problem, findings_of_schema
from siteauto.adapters.yaml_inventory_layers import merge_layers
from siteauto.adapters.yaml_inventory_schema import SiteDocument
from siteauto.adapters.yaml_inventory_site import build_site
from siteauto.core.errors import Finding, InputError, Place, UsageError
from siteauto.core.hardware import Platforms
from siteauto.core.models import Site, SiteName
from siteauto.core.problems import Problem, nearest

DEFAULTS = "defaults.yaml"
ARCHETYPES = "archetypes"
SITES = "sites"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loaded:
    """What became of a site's files: the merged document and, if its shape allows, the site."""

    root: Node | None
    site: Site | None
    findings: tuple[Finding, ...]


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
        """One site after inheritance and addressing. InputError holds all that is wrong; UsageError: no such site."""
        if name not in self.sites():
            raise UsageError(
                f"There is no site {name}",
                expected=f"a file {self._name(SITES, name)}",
                next_step=f"Sites: {nearest(name, self.sites()) or 'none yet'}",
            )
        loaded = self._load(name)
        if loaded.findings or loaded.site is None:
            raise InputError(sort_findings(loaded.findings))
        return loaded.site

    def _names(self, folder: str) -> tuple[str, ...]:
        return tuple(sorted(path.stem for path in (self._root / folder).glob("*.yaml")))

    def _name(self, *parts: str) -> str:
        """How messages call a file."""
        return "/".join((self._root.name, *parts)) + ".yaml"

    def _load(self, name: str) -> _Loaded:
        layers, findings = self._layers(name)
        if not layers:
            return _Loaded(root=None, site=None, findings=findings)
        root = merge_layers(layers)
        try:
            document = SiteDocument.model_validate(root.plain())
        except ValidationError as error:
            return _Loaded(root=root, site=None, findings=(*findings, *findings_of_schema(error, root)))
        site = build_site(document, self._platforms)
        return _Loaded(root=root, site=site, findings=findings)

    def _layers(self, name: str) -> tuple[list[Node], tuple[Finding, ...]]:
        """Organisation, archetype and site. Empty when one of them cannot be read or found."""
        defaults, bad_defaults = read_document(self._root / DEFAULTS, f"{self._root.name}/{DEFAULTS}")
        site, bad_site = read_document(self._root / SITES / f"{name}.yaml", self._name(SITES, name))
        findings = (*bad_defaults, *bad_site)
        if site is None or defaults is None:
            return [], findings
        wanted = site.find(("archetype",))
        if not isinstance(wanted.value, str):  # the schema says that it is missing
            return [defaults, site], findings
        if wanted.value not in self.archetypes():
            problem = Problem(
                code="E1201",
                message=f"there is no archetype {wanted.value}",
                path=("archetype",),
                help=nearest(wanted.value, self.archetypes()),
            )
            return [], (*findings, finding_of_problem(problem, site))
        path = self._root / ARCHETYPES / f"{wanted.value}.yaml"
        archetype, bad_archetype = read_document(path, self._name(ARCHETYPES, wanted.value))
        findings = (*findings, *bad_archetype)
        return ([defaults, archetype, site] if archetype else []), findings


def sort_findings(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """By file, line and column; what several sites inherit is told once."""
    return tuple(sorted(dict.fromkeys(findings), key=_order))


def _order(finding: Finding) -> tuple[str, int, int, str]:
    place: Place = finding.place
    return place.file, place.line, place.column, finding.code
