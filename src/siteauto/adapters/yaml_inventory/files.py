"""The files of an inventory: defaults.yaml, archetypes/ and sites/, read whole and laid over each other."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from siteauto.adapters.yaml_documents import Node, parse_document, read_document, read_text
from siteauto.adapters.yaml_inventory.findings import finding_of_problem
from siteauto.adapters.yaml_inventory.layers import merge_layers
from siteauto.adapters.yaml_inventory.plain import NO_ARCHETYPE, says_backup_only, without_network
from siteauto.core.errors import Finding, Place
from siteauto.core.site.problems import Problem, nearest

DEFAULTS = "defaults.yaml"
ARCHETYPES = "archetypes"
SITES = "sites"

# What all sites inherit is parsed and merged once, by its content: a changed file is another content.
_parse_shared = lru_cache(maxsize=64)(parse_document)
_merge_shared = lru_cache(maxsize=64)(merge_layers)
_without_network = lru_cache(maxsize=4)(without_network)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """A site's own document, and all three of its files: none while one of them cannot be read or found."""

    own: Node | None
    layers: tuple[Node, ...]
    findings: tuple[Finding, ...]

    def merged(self) -> Node:
        """The three files as one."""
        return merge_layers((_merge_shared(self.layers[:-1]), self.layers[-1]))


class InventoryFiles:
    """Reads from one folder. Nothing is remembered but what the content of shared files means."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def names(self, folder: str) -> tuple[str, ...]:
        """The sites or archetypes that have a file, sorted."""
        return tuple(sorted(path.stem for path in (self.root / folder).glob("*.yaml")))

    def path(self, folder: str, name: str) -> Path:
        """The file of a site or an archetype."""
        return self.root / folder / f"{name}.yaml"

    def shown(self, folder: str, name: str) -> str:
        """How messages call that file."""
        return f"{self.root.name}/{folder}/{name}.yaml"

    def has_site(self, name: str) -> bool:
        """Whether there is a file for it."""
        return _is_plain(name) and self.path(SITES, name).exists()

    def own(self, site: str) -> tuple[Node | None, tuple[Finding, ...]]:
        """What the site's own file says."""
        return read_document(self.path(SITES, site), self.shown(SITES, site))

    def defaults(self) -> tuple[Node | None, tuple[Finding, ...]]:
        """What the organisation says."""
        return _read_shared(self.root / DEFAULTS, f"{self.root.name}/{DEFAULTS}")

    def archetype(self, name: str) -> tuple[Node | None, tuple[Finding, ...]]:
        """What a site standard says."""
        return _read_shared(self.path(ARCHETYPES, name), self.shown(ARCHETYPES, name))

    def layers(self, site: str) -> Layers:
        """The site's file and all that it inherits."""
        defaults, bad_defaults = self.defaults()
        own, bad_own = self.own(site)
        findings = (*bad_defaults, *bad_own)
        if own is None or defaults is None:
            return Layers(own=own, layers=(), findings=findings)
        if says_backup_only(own):
            nothing, _ = _parse_shared(NO_ARCHETYPE, "no archetype")
            layers = (_without_network(defaults), nothing, own) if nothing else ()
            return Layers(own=own, layers=layers, findings=findings)
        wanted = own.find(("archetype",)).value
        if not isinstance(wanted, str) or not self._is_archetype(wanted):
            return Layers(own=own, layers=(), findings=(*findings, self._no_archetype(wanted, own)))
        archetype, bad_archetype = self.archetype(wanted)
        layers = (defaults, archetype, own) if archetype else ()
        return Layers(own=own, layers=layers, findings=(*findings, *bad_archetype))

    def check(self) -> tuple[Finding, ...]:
        """What is wrong with the folder itself."""
        findings = list(self.defaults()[1])
        if not self.names(SITES):
            place = Place(file=f"{self.root.name}/{SITES}", line=1)
            findings.append(Finding(code="E1204", message="the inventory has no sites", place=place))
        for folder in (ARCHETYPES, SITES):
            for path in sorted((self.root / folder).glob("*.yml")):
                place = Place(file=f"{self.root.name}/{folder}/{path.name}", line=1)
                help_ = f"call it {path.stem}.yaml"
                findings.append(Finding(code="E1205", message="this file is not read", place=place, help=help_))
        return tuple(findings)

    def _is_archetype(self, name: str) -> bool:
        """By a plain name only: a path must not lead out of the folder."""
        return _is_plain(name) and self.path(ARCHETYPES, name).exists()

    def _no_archetype(self, wanted: object, own: Node) -> Finding:
        named = isinstance(wanted, str)
        message = f"there is no archetype {wanted}" if named else "the site names no archetype"
        help_ = nearest(str(wanted) if named else "", self.names(ARCHETYPES))
        return finding_of_problem(Problem(code="E1201", message=message, path=("archetype",), help=help_), own)


def _is_plain(name: str) -> bool:
    """Whether this names a file of one folder: a path must not lead out of it."""
    return Path(name).name == name and "\0" not in name


def _read_shared(path: Path, name: str) -> tuple[Node | None, tuple[Finding, ...]]:
    text, findings = read_text(path, name)
    return (None, findings) if text is None else _parse_shared(text, name)
