"""How the box writes things: addresses, times, lists."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

from siteauto.lab.devices.cisco_ios.answer import first
from siteauto.lab.devices.cisco_ios.view import View

TEXTS = Path(__file__).parent / "texts"
MINUTE, HOUR, DAY, WEEK, YEAR = 60, 3600, 86400, 604800, 31536000


def dotted(mac: str) -> str:
    """The address as the box writes it: aabb.ccdd.eeff."""
    digits = mac.replace(":", "").lower()
    return ".".join(digits[at : at + 4] for at in (0, 4, 8))


def vlan_list(vlans: Iterable[int]) -> str:
    """VLANs as the box writes them: 1,10-12, and none."""
    runs: list[list[int]] = []
    for vlan in sorted(vlans):
        if runs and vlan == runs[-1][1] + 1:
            runs[-1][1] = vlan
        else:
            runs.append([vlan, vlan])
    return ",".join(str(low) if low == high else f"{low}-{high}" for low, high in runs) or "none"


def wrap(items: Sequence[str], width: int) -> list[str]:
    """Items with commas between them, in lines no longer than this; no comma where a line ends."""
    rows: list[str] = []
    for item in items:
        if rows and len(rows[-1]) + len(item) + 2 <= width:
            rows[-1] += f", {item}"
        else:
            rows.append(item)
    return rows or [""]


def spoken_duration(span: timedelta) -> str:
    """1 year, 22 weeks, 9 hours, 38 minutes: without what is nought, but never without minutes."""
    left = int(span.total_seconds())
    parts: list[str] = []
    for name, size in (("year", YEAR), ("week", WEEK), ("day", DAY), ("hour", HOUR), ("minute", MINUTE)):
        count, left = divmod(left, size)
        if count or name == "minute":
            parts.append(f"{count} {name}{'s' if count != 1 else ''}")
    return ", ".join(parts)


def local_time(view: View, moment: datetime) -> datetime:
    """The moment in the zone that the configuration sets, with its name."""
    zone = (first(view.running.children, "clock timezone") or "UTC 0 0").split()
    offset = timedelta(hours=int(zone[1]), minutes=int(zone[2]) if len(zone) > 2 else 0)
    local = moment.astimezone(timezone(offset, zone[0]))
    summer = first(view.running.children, "clock summer-time")
    if summer and " recurring" in summer and _is_us_summer(local):
        return moment.astimezone(timezone(offset + timedelta(hours=1), summer.split()[0]))
    return local


def _is_us_summer(standard: datetime) -> bool:
    """From the second Sunday of March to the first of November, at 2:00: the box's default for `recurring`."""
    start = _sunday(standard.year, 3, number=2)
    end = _sunday(standard.year, 11, number=1)
    now = standard.replace(tzinfo=None)
    return start <= now < end - timedelta(hours=1)


def _sunday(year: int, month: int, *, number: int) -> datetime:
    first_day = datetime(year, month, 1, 2)  # noqa: DTZ001 - wall time of the box
    return first_day + timedelta(days=(6 - first_day.weekday()) % 7 + 7 * (number - 1))


def stamp(view: View, moment: datetime) -> str:
    """The moment as the box writes it: 13:53:05 CET Wed Mar 13 2024."""
    local = local_time(view, moment)
    return f"{local:%H:%M:%S} {local.tzname()} {local:%a %b} {local.day} {local.year}"


def layout(name: str) -> str:
    """A long answer as it stands in the folder `texts`, with {words} to fill in."""
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")
