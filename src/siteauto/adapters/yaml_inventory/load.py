"""From the files of a site to the site: read, merge, shape, plan, judge."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from siteauto.adapters.yaml_documents import Node
from siteauto.adapters.yaml_inventory.files import InventoryFiles
from siteauto.adapters.yaml_inventory.findings import finding_of_problem, findings_of_schema
from siteauto.adapters.yaml_inventory.gaps import find_gaps, finding_of_gap, is_gap, with_stand_ins
from siteauto.adapters.yaml_inventory.layers import merge_layers
from siteauto.adapters.yaml_inventory.port_rules import check_port_words
from siteauto.adapters.yaml_inventory.ports import nearest_last
from siteauto.adapters.yaml_inventory.rules import check_document
from siteauto.adapters.yaml_inventory.schema import SiteDocument
from siteauto.adapters.yaml_inventory.site import build_site
from siteauto.adapters.yaml_locks import LockFile, LockFolder, finding_of_lock, missing_lock
from siteauto.core.errors import Finding
from siteauto.core.models import Site
from siteauto.core.site.address_lock import AddressLock, pins_of
from siteauto.core.site.addressing import Pins
from siteauto.core.site.hardware import Platforms
from siteauto.core.site.lock_rules import compare_lock
from siteauto.core.site.problems import Problem
from siteauto.core.site.rules import check_site
from siteauto.core.site.rules_backup_only import is_backup_only
from siteauto.core.site.site_notes import find_notes

NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What became of a site's files: its own document and, if the shape of all of them allows, the site.

    `findings` are about the site's files, `lock_findings` about its lock: a site whose own files are wrong is not yet
    compared with it.
    """

    own: Node | None
    site: Site | None = None
    lock: AddressLock | None = None
    findings: tuple[Finding, ...] = ()
    lock_findings: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """What is wrong with the site and with its lock."""
        return (*self.findings, *self.lock_findings)


def load_site(files: InventoryFiles, name: str, platforms: Platforms, *, renumber: Sequence[str] = ()) -> Loaded:
    """The site as planned around its lock, and everything that is wrong with it."""
    read = files.layers(name)
    if not read.layers:
        return Loaded(own=read.own, findings=read.findings)
    root = read.merged()
    gaps = find_gaps(root)
    findings = (*read.findings, *(finding_of_gap(path, node) for path, node in gaps.items()))
    try:
        document = SiteDocument.model_validate(with_stand_ins(root.plain(), tuple(gaps)))
    except ValidationError as error:
        return Loaded(own=read.own, findings=(*findings, *_without_gaps(findings_of_schema(error, root), gaps)))
    locks = LockFolder(files.root)
    file, bad_lock = locks.read(name)
    site = build_site(document, platforms, pins_of(file.lock, renumber) if file else Pins())
    site = replace(site, port_overrides=nearest_last(site.port_overrides, root, read.layers))
    problems = (*check_document(document, name), *check_port_words(document, site, root), *check_site(site, platforms))
    findings = (*findings, *(finding_of_problem(each, root) for each in problems if not _is_about_gap(each, root)))
    if not findings and not bad_lock:
        bad_lock = tuple(_compare(file, site, root))
    return Loaded(
        own=read.own,
        site=site,
        lock=file.lock if file else None,
        findings=findings,
        lock_findings=bad_lock,
        notes=tuple(replace(finding_of_problem(note, root), level=NOTE) for note in find_notes(site)),
    )


def _compare(file: LockFile | None, site: Site, root: Node) -> Iterator[Finding]:
    if file is None:
        if not is_backup_only(site):
            yield missing_lock(site.name, root.find(("supernet",)).place)
        return
    for problem in compare_lock(file.lock, site):
        yield finding_of_lock(problem, file.root, root)


def _without_gaps(findings: Sequence[Finding], gaps: dict[tuple[str, ...], Node]) -> Iterator[Finding]:
    places = [node.place for node in gaps.values()]
    return (finding for finding in findings if finding.place not in places)


def _is_about_gap(problem: Problem, root: Node) -> bool:
    return is_gap(root.find(problem.path).value)


def check_archetype(files: InventoryFiles, name: str) -> tuple[Finding, ...]:
    """The shape of an archetype, whether or not a site uses it. What only a site can give may be missing."""
    defaults, _ = files.defaults()
    archetype, findings = files.archetype(name)
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
    gaps = find_gaps(root)
    try:
        SiteDocument.model_validate(with_stand_ins(root.plain(), tuple(gaps)))
    except ValidationError as error:
        found = _without_gaps(findings_of_schema(error, root), gaps)
        findings = (*findings, *(each for each in found if each.code != "E1102"))
    return findings
