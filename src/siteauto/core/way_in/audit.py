"""What became of the good copies in a repository: which commits replaced one by a bad one, and what leaked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from siteauto.core.completeness import find_loss
from siteauto.core.way_in.old_copies import JudgedCopy, ReadableSecret


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One file in one commit. `before` and `blob` name the text before and after it; empty: there is none."""

    commit: str
    at: str
    path: str
    before: str
    blob: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BadCopy:
    """Copies that are not whole, one after the other. `mended` is the commit with the next whole one."""

    commit: str
    at: str
    reasons: tuple[str, ...]
    replaced: bool  # a good copy
    copies: int
    mended: str
    doubtful: bool = False  # it looks whole, and has lost much


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """A secret that stands readable in copies of a file."""

    secret: ReadableSecret  # as it was seen last
    first: str  # commit
    copies: int
    still: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedFile:
    """One device's file through all commits. `platform` is empty where nobody could tell: nothing was judged then."""

    path: str
    platform: str
    copies: int
    bad: tuple[BadCopy, ...] = ()
    leaks: tuple[Leak, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """A whole repository. `noise` commits changed nothing but what changes by itself."""

    repository: str
    at: str
    commits: int
    noise: int
    files: tuple[AuditedFile, ...]

    @property
    def exit_code(self) -> int:
        """3 where something is wrong, 4 where nothing is but a file could not be judged."""
        if any(one.bad or one.leaks for one in self.files):
            return 3
        return 4 if any(not one.platform for one in self.files) else 0


def audit_file(
    path: str, platform: str, revisions: Sequence[Revision], judged: Mapping[str, JudgedCopy]
) -> AuditedFile:
    """What the revisions of one file, the oldest first, tell."""
    copies = [one for one in revisions if one.blob]
    if not platform:
        return AuditedFile(path=path, platform="", copies=len(copies))
    return AuditedFile(
        path=path,
        platform=platform,
        copies=len(copies),
        bad=tuple(_bad(revisions, judged)),
        leaks=tuple(_leaks(copies, judged)),
    )


def count_noise(revisions: Iterable[Revision], judged: Mapping[str, JudgedCopy]) -> int:
    """How many commits touched nothing but judged files, and changed nothing of them that counts."""
    by_commit: dict[str, list[Revision]] = {}
    for one in revisions:
        by_commit.setdefault(one.commit, []).append(one)
    return sum(all(_only_noise(one, judged) for one in touched) for touched in by_commit.values())


def _only_noise(one: Revision, judged: Mapping[str, JudgedCopy]) -> bool:
    before, now = judged.get(one.before), judged.get(one.blob)
    return before is not None and now is not None and before.same == now.same and not before.defects and not now.defects


def _bad(revisions: Sequence[Revision], judged: Mapping[str, JudgedCopy]) -> Iterator[BadCopy]:
    """Runs of bad copies. A copy that has lost much is told once: later ones are held against it."""
    good, run = judged.get(revisions[0].before), list[Revision]()
    good = None if good is not None and good.defects else good
    for one in revisions:
        now = judged.get(one.blob)
        if now is None:
            continue
        if now.defects:
            run.append(one)
            continue
        if run:
            yield _run(run, judged, replaced=good is not None, mended=one.commit)
            run = []
        elif good is not None and (loss := find_loss(now.measure, good.measure)):
            yield BadCopy(commit=one.commit, at=one.at, reasons=loss, replaced=True, copies=1, mended="", doubtful=True)
        good = now
    if run:
        yield _run(run, judged, replaced=good is not None, mended="")


def _run(run: Sequence[Revision], judged: Mapping[str, JudgedCopy], *, replaced: bool, mended: str) -> BadCopy:
    first = run[0]
    reasons = judged[first.blob].defects
    return BadCopy(commit=first.commit, at=first.at, reasons=reasons, replaced=replaced, copies=len(run), mended=mended)


def _leaks(copies: Sequence[Revision], judged: Mapping[str, JudgedCopy]) -> Iterator[Leak]:
    first: dict[tuple[str, str], str] = {}
    last: dict[tuple[str, str], ReadableSecret] = {}
    count: Counter[tuple[str, str]] = Counter()
    for one in copies:
        found = {(each.place, each.kind): each for each in judged[one.blob].secrets} if one.blob in judged else {}
        for key, each in found.items():
            first.setdefault(key, one.commit)
            last[key] = each
        count.update(found.keys())
    final = judged.get(copies[-1].blob) if copies else None
    still = {(each.place, each.kind) for each in final.secrets} if final is not None else set()
    for key, secret in last.items():
        yield Leak(secret=secret, first=first[key], copies=count[key], still=key in still)
