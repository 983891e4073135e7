"""A device's own diff against ours where configurations are trees of paths: both as signed paths of words.

How words are grouped to lines is the device's business, so that lines cannot be compared:

    [edit interfaces ge-0/0/1]        interfaces
    -  description desk;              -    ge-0/0/1
                                      -        description desk
"""

import re
from collections.abc import Iterable, Iterator

from siteauto.core.change.plan import DevicePlan
from siteauto.core.config.path_words import TAGS, Words, path_words, plain_word, spread_lists, statements
from siteauto.core.config.secret_tokens import replace_secrets
from siteauto.core.config.spellings import respell
from siteauto.core.platform_spec import PlatformSpec

HIDDEN = "‹›"
PLACE = re.compile(r"\[edit ?(?P<path>[^\]]*)\]")
MOVED = "!"  # an entry that stands elsewhere: its words stay the same
OUR_MOVED = "~"


def unplanned_paths(plan: DevicePlan, platform: PlatformSpec, device_diff: str) -> tuple[str, ...]:
    """Lines of the device's diff that our plan did not show, their secrets hidden."""
    planned = set(_ours(plan.diff, platform))
    may_move = any(line.startswith(OUR_MOVED) for line in plan.diff)
    found = (one for one in _theirs(device_diff, platform) if one not in planned)
    return tuple(dict.fromkeys(one for one in found if not (one.startswith(MOVED) and may_move)))


def _theirs(text: str, platform: PlatformSpec) -> Iterator[str]:
    """Signed paths of what the device prints, place by place."""
    place: Words = ()
    lines: list[str] = []
    for line in (*text.splitlines(), "[edit]"):
        found = PLACE.fullmatch(line.strip())
        if found is None:
            lines.append(line)
            continue
        for sign in ("-", "+"):
            written = "\n".join(one[1:] for one in lines if one.startswith(sign))
            paths = (statement.words for statement in statements(platform.config, written))
            yield from (_signed(sign, (*place, *words), platform) for words in paths)
        yield from (_signed(MOVED, (*place, *path_words(one[1:])), platform) for one in lines if one.startswith(MOVED))
        place, lines = path_words(found["path"]), []


def _ours(diff: Iterable[str], platform: PlatformSpec) -> Iterator[str]:
    """Signed paths of our diff, in which each line stands under those that are less far in."""
    above: list[tuple[int, Words]] = []
    for line in diff:
        sign, rest = line[:1], line[1:]
        indent = len(rest) - len(rest.lstrip())
        while above and above[-1][0] >= indent:
            above.pop()
        words = tuple(word for word in path_words(rest.strip()) if word not in TAGS)
        above.append((indent, words))
        if sign in ("-", "+"):
            whole = tuple(word for _, each in above for word in each)
            yield from (_signed(sign, path, platform) for path in spread_lists(whole))


def _signed(sign: str, words: Words, platform: PlatformSpec) -> str:
    line = " ".join(plain_word(word) for word in words)
    return sign + respell(platform.config, replace_secrets(platform.config, line, lambda _: HIDDEN, whole=True))
