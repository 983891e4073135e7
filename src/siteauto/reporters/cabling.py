"""The patch list as a table, as CSV and as data."""

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, fields

from siteauto.core.site.patch_list import Patch

COLUMNS = tuple(field.name for field in fields(Patch))


def cabling_text(patches: Sequence[Patch]) -> str:
    """One line per cable, from here to there."""
    rows = [
        (_end(one.device, one.port, one.room), _end(one.to, one.to_port, one.to_room), _rest(one)) for one in patches
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    lines = [f"{near:<{widths[0]}} → {far:<{widths[1]}}  {rest}".rstrip() for near, far, rest in rows]
    kinds = ("cable", "circuit", "outlet")
    counts = [f"{sum(one.kind == kind for one in patches)} {kind}s" for kind in kinds]
    return "\n".join([*lines, ", ".join(counts)])


def _end(device: str, port: str, room: str) -> str:
    return f"{device} {port}".strip() + (f" ({room})" if room and room not in device.split() else "")


def _rest(patch: Patch) -> str:
    length = f"{patch.length_m:g} m" if patch.length_m is not None else ""
    return ", ".join(word for word in (patch.label, length, patch.origin) if word)


def cabling_csv(patches: Sequence[Patch]) -> str:
    """For a spreadsheet: a heading, then one line per cable. A cell never starts a formula."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in asdict(one).items()} for one in patches)
    return text.getvalue().rstrip("\n")


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@") else value


def cabling_data(site: str, patches: Sequence[Patch]) -> dict[str, object]:
    """For programs."""
    return {"format_version": 1, "site": site, "cables": [asdict(one) for one in patches]}
