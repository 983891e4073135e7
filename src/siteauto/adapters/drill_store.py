"""A drill of the backup repository itself: cloned as a rescuer would, read whole, its copies opened and counted."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from siteauto.adapters.git_program import Git, clone
from siteauto.core.drill import StoreDrill
from siteauto.core.errors import SecretError, SiteautoError
from siteauto.core.models import DeviceName
from siteauto.core.stored_copy import RECORD, SEALED, CopyRecord, read_record

CLONE_SECONDS = 3600.0
Judge = Callable[[CopyRecord, bytes], Sequence[str]]  # what is wrong with a sealed copy; raises SiteautoError


def drill_store(source: str, scratch: Path, *, expected: Sequence[DeviceName], judge: Judge | None) -> StoreDrill:
    """Clone, check every object, count, and judge every sealed copy where somebody can open them.

    `expected` are the devices that must have a copy. Whatever is wrong is in the result, but for SecretError.
    """
    try:
        cloned = clone(Git(scratch), source, "clone.git", "--bare", "--no-local", timeout=CLONE_SECONDS)
        cloned.run("fsck", "--full", "--strict", "--no-dangling", "--no-progress", timeout=CLONE_SECONDS)
        commits = int(cloned.text("rev-list", "--count", "HEAD"))
        files = cloned.text("ls-tree", "-r", "--name-only", "HEAD").splitlines()
    except SiteautoError as error:
        return StoreDrill(source=source, devices=len(expected), problems=(str(error),))
    records = [file for file in files if file.endswith(RECORD)]
    found = {DeviceName(Path(file).stem) for file in records}
    missing = [name for name in expected if name not in found]
    problems = [f"no copy of {len(missing)} of the devices: {', '.join(missing)}"] if missing else []
    flawed = dict(_find_flawed(cloned, records, files, judge))
    return StoreDrill(
        source=source,
        devices=len(records),
        commits=commits,
        opened=len(records) - len(flawed) if judge is not None else None,
        problems=(*problems, *(f"{name}: {why}" for name, why in flawed.items())),
    )


def _find_flawed(
    cloned: Git, records: Sequence[str], files: Sequence[str], judge: Judge | None
) -> Iterator[tuple[str, str]]:
    there = set(files)
    for path, text in zip(records, cloned.blobs([f"HEAD:{path}" for path in records]), strict=True):
        folder, device = path.rpartition("/")[0], Path(path).stem
        try:
            record = read_record((text or b"").decode())
            parts = [f"{folder}/{device}.{part}{SEALED}" for part in record.parts]
            copy = f"{folder}/{record.file}{SEALED}"
            missing = [file for file in (copy, *parts) if file not in there]
            (sealed,) = cloned.blobs([f"HEAD:{copy}"])
            flaws = list(judge(record, sealed)) if judge is not None and sealed is not None else []
        except SecretError:
            raise
        except SiteautoError as error:
            missing, flaws = [], [str(error)]
        if missing or flaws:
            yield device, "; ".join([*(f"there is no {file}" for file in missing), *flaws])
