"""Look through another tool's repository: which platform each file is of, and what each of its texts is worth."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from siteauto.adapters.copies_in_git import CopiesInGit
from siteauto.adapters.system_clock import SystemClock
from siteauto.core.errors import UsageError
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.site.problems import nearest
from siteauto.core.way_in.audit import Audit, Revision, audit_file, count_noise
from siteauto.core.way_in.old_copies import JudgedCopy, guess_platform, judge
from siteauto.platforms import load_platforms

NO_COPIES = ("router.db", "routers.all", "routers.up", "routers.down", "readme", "readme.md", "license")
CONFIGS = "configs"  # RANCID's folder of copies within a group
History = Mapping[str, Sequence[Revision]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRequest:
    """What is looked at. `platform`: of all files; `platforms`: of single files, by name."""

    repository: Path
    since: str = ""
    platform: str = ""
    platforms: Mapping[str, PlatformName]


def audit_repository(request: AuditRequest) -> Audit:
    """Judge every text of every commit. Raises UsageError where there is no repository or no such platform."""
    specs = load_platforms()
    if request.platform and request.platform not in specs:
        raise UsageError(
            f"There is no platform {request.platform}",
            expected=", ".join(specs),
            next_step=nearest(request.platform, specs),
        )
    source = CopiesInGit(request.repository)
    revisions = tuple(one for one in source.revisions(request.since) if _is_copy(one.path))
    history: dict[str, list[Revision]] = {}
    for one in revisions:
        history.setdefault(one.path, []).append(one)
    platforms = _platforms(request, source, history, specs)
    judged = _judge(source, history, platforms)
    return Audit(
        repository=str(request.repository),
        at=SystemClock().now().isoformat(timespec="seconds"),
        commits=len({one.commit for one in revisions}),
        noise=count_noise(revisions, judged),
        files=tuple(
            audit_file(path, platforms[path].name if path in platforms else "", history[path], judged)
            for path in sorted(history)
        ),
    )


def _is_copy(path: str) -> bool:
    where = PurePosixPath(path)
    return not any(part.startswith(".") for part in where.parts) and where.name.lower() not in NO_COPIES


def _platforms(
    request: AuditRequest, source: CopiesInGit, history: History, specs: Mapping[PlatformName, PlatformSpec]
) -> dict[str, PlatformSpec]:
    """The platform of each file, as far as somebody said so or its texts tell."""
    if request.platform:
        return dict.fromkeys(history, specs[PlatformName(request.platform)])
    told = {path: specs[named] for path in history if (named := request.platforms.get(PurePosixPath(path).name))}
    samples = {path: _samples(revisions) for path, revisions in history.items() if path not in told}
    texts = dict(source.texts(sorted({blob for some in samples.values() for blob in some})))
    guessed = {
        path: guess_platform(specs.values(), (texts[blob] for blob in some if blob in texts))
        for path, some in samples.items()
    }
    return told | {path: one for path, one in guessed.items() if one is not None}


def _samples(revisions: Sequence[Revision]) -> tuple[str, ...]:
    """The last text of a file, one from the middle, the first, and the one before that."""
    blobs = [one.blob for one in revisions if one.blob]
    some = (blobs[-1], blobs[len(blobs) // 2], blobs[0]) if blobs else ()
    return tuple(blob for blob in dict.fromkeys((*some, revisions[0].before)) if blob)


def _judge(source: CopiesInGit, history: History, platforms: Mapping[str, PlatformSpec]) -> dict[str, JudgedCopy]:
    """Each text once, as the platform of the first file that has it."""
    owner = {blob: platforms[path] for path in platforms for one in history[path] for blob in _both(one)}
    return {blob: judge(owner[blob], text) for blob, text in source.texts(tuple(owner))}


def _both(one: Revision) -> Iterable[str]:
    return (blob for blob in (one.before, one.blob) if blob)
