"""RANCID's router.db and cloginrc."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from siteauto.core.way_in.old_devices import OldDevice, OldLogin

WORD = re.compile(r"\{(?P<braced>(?:\\.|[^{}\\])*)\}|\"(?P<quoted>(?:\\.|[^\"\\])*)\"|(?P<bare>(?:\\.|[^\s\\])+)")
OLD_DELIMITER = re.compile(r"[^:;]+:[\w-]+:[\w-]+")  # before version 3 colons stood where semicolons stand now


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """One line of a cloginrc: what it gives to the devices whose names the glob matches."""

    line: int
    kind: str
    glob: str
    values: tuple[str, ...] = field(repr=False)


def read_cloginrc(text: str) -> tuple[Directive, ...]:
    """The directives in their order: the first that matches a device counts. Lines of another form are left out."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = [_word(match) for match in WORD.finditer(line)]
        if len(words) > 3 and words[0] == "add":
            found.append(Directive(line=number, kind=words[1], glob=words[2], values=tuple(words[3:])))
        elif len(words) == 2 and words[0] == "include":
            found.append(Directive(line=number, kind="include", glob="", values=(words[1],)))
    return tuple(found)


def read_rancid(text: str, group: str, directives: Sequence[Directive]) -> tuple[OldDevice, ...]:
    """Every device that RANCID asks (`up`). `group` is the name of the folder that the router.db is in."""
    return tuple(_device(*words[:2], group, directives) for words in _lines(text) if words[2].lower() == "up")


def left_out(text: str) -> tuple[str, ...]:
    """The devices that RANCID does not ask."""
    return tuple(f"{words[0]} is {words[2] or 'of no state'}" for words in _lines(text) if words[2].lower() != "up")


def _lines(text: str) -> Iterator[tuple[str, str, str]]:
    for line in text.splitlines():
        plain = line.partition("#")[0].strip()
        if plain:
            words = re.split(":" if OLD_DELIMITER.match(plain) else ";", plain)
            host, kind, state = ([word.strip() for word in words] + ["", ""])[:3]
            yield host, kind, state


def _device(host: str, kind: str, group: str, directives: Sequence[Directive]) -> OldDevice:
    login, user = _first(directives, host, "userpassword", "password"), _first(directives, host, "user")
    method, automatic = _first(directives, host, "method"), _first(directives, host, "autoenable")
    notes = []
    if method is not None and "ssh" not in method.values[0].lower():
        notes.append(f"is asked over {method.values[0]} first: siteauto speaks SSH")
    if login is not None and len(login.values) > 1 and (automatic is None or automatic.values[0] != "1"):
        notes.append("has an enable password: siteauto needs a login that is privileged at once")
    port = re.fullmatch(r"ssh:(\d+)", method.values[0]) if method is not None else None
    return OldDevice(
        name=host,
        host=host,
        model=kind,
        group=group,
        login=OldLogin(
            name=f"cloginrc-{login.line}" if login is not None else "default",
            username=user.values[0] if user is not None else "",
            password=login.values[0] if login is not None else "",
        ),
        port=int(port[1]) if port else 0,
        notes=tuple(notes),
    )


def _first(directives: Sequence[Directive], host: str, *kinds: str) -> Directive | None:
    """The first match of the first kind that has one. Names are compared without regard to capitals."""
    matching = (one for kind in kinds for one in directives if one.kind == kind)
    return next((one for one in matching if fnmatchcase(host.lower(), one.glob.lower())), None)


def _word(match: "re.Match[str]") -> str:
    return re.sub(r"\\(.)", r"\1", match["braced"] or match["quoted"] or match["bare"] or "")
