"""Where a value comes from, as words and as data."""

from siteauto.core.errors import Place
from siteauto.core.site.explanation import DERIVED, Explanation, Level

SILENT = "says nothing"


def explanation_text(explanation: Explanation) -> str:
    """Every level and the winner; of a mapping one line per member."""
    if explanation.members:
        head = f"{explanation.path} of {explanation.site}"
        return "\n".join([head, *(_member_line(each, explanation) for each in _leaves(explanation))])
    lines = [f"{explanation.path} of {explanation.site} is {_one_line(explanation.value)}", ""]
    lines += [_level_line(level, explanation) for level in explanation.levels]
    if explanation.how:
        mark = " " if explanation.winner else ">"
        lines.append(f"{mark} {DERIVED:<13} {explanation.how}")
        lines += [
            f"    from {source.key} {_one_line(source.value)}   {_spot(source.place)}" for source in explanation.sources
        ]
    elif explanation.winner is None:
        lines.append(f"> {explanation.origin:<13} {explanation.value}")
    return "\n".join(lines)


def _level_line(level: Level, explanation: Explanation) -> str:
    mark = ">" if level is explanation.winner else " "
    if level.place is None:
        return f"{mark} {level.name:<13} {SILENT}"
    where = _spot(level.place) + (f" ({level.key})" if level.key != explanation.path else "")
    return f"{mark} {level.name:<13} {_one_line(level.value):<24} {where}"


def _leaves(explanation: Explanation) -> list[Explanation]:
    if not explanation.members:
        return [explanation]
    return [leaf for member in explanation.members for leaf in _leaves(member)]


def _member_line(leaf: Explanation, whole: Explanation) -> str:
    name = leaf.path.removeprefix(whole.path).lstrip(".")
    where = f"{leaf.origin}: {leaf.how}" if leaf.how else leaf.origin
    if leaf.winner is not None:
        where = f"{leaf.origin}: {_spot(leaf.winner.place)}"
    return f"  {name:<24} {_one_line(leaf.value):<28} {where}"


def _one_line(value: str) -> str:
    """A value in one line: of a banner its first."""
    first, _, more = value.partition("\n")
    return f"{first} …" if more.strip() else first


def _spot(place: Place | None) -> str:
    return f"{place.file}:{place.line}" if place else ""


def explanation_data(explanation: Explanation) -> dict[str, object]:
    """For programs."""
    return {"format_version": 1, "site": explanation.site, **_data(explanation)}


def _data(explanation: Explanation) -> dict[str, object]:
    if explanation.members:
        return {"path": explanation.path, "members": [_data(member) for member in explanation.members]}
    return {
        "path": explanation.path,
        "value": explanation.value,
        "origin": explanation.origin,
        "how": explanation.how,
        "levels": [_level_data(level) | {"wins": level is explanation.winner} for level in explanation.levels],
        "sources": [_level_data(source) for source in explanation.sources],
    }


def _level_data(level: Level) -> dict[str, object]:
    place = level.place
    found = {"file": place.file, "line": place.line, "column": place.column} if place else {}
    return {"level": level.name, "value": level.value if place else None, "key": level.key, **found}
