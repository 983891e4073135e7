"""Abbreviated words, paths of sections, and what stands behind a pipe."""

import re
import shlex
from collections.abc import Iterable

from siteauto.lab.devices.fortinet.grammar import Section, load_grammar
from siteauto.lab.devices.fortinet.refusals import incomplete, unknown_word


def expand(word: str, known: Iterable[str]) -> str:
    """The whole word of an abbreviation that fits one alone; otherwise as typed."""
    found = [name for name in known if name == word] or [name for name in known if name.startswith(word)]
    return found[0] if len(found) == 1 else word


def expand_command(words: list[str], known: Iterable[str]) -> list[str]:
    """The words with those written out that begin a known command."""
    candidates = [name.split() for name in known]
    expanded = list(words)
    for position, word in enumerate(words):
        nexts = {parts[position] for parts in candidates if len(parts) > position}
        expanded[position] = expand(word, nexts)
        candidates = [parts for parts in candidates if len(parts) > position and parts[position] == expanded[position]]
        if not candidates:
            break
    return expanded


def find_section(words: list[str]) -> tuple[Section, list[str]]:
    """The object or table that the words begin with, the longest that fits, and what follows. Raises RefusedError."""
    if not words:
        raise incomplete()
    grammar = load_grammar().values()
    expanded = expand_command(words, [" ".join(section.words) for section in grammar])
    fitting = [one for one in grammar if tuple(expanded[: len(one.words)]) == one.words]
    if not fitting:
        raise unknown_word(words[min(1, len(words) - 1)])
    section = max(fitting, key=lambda one: len(one.words))
    return section, words[len(section.words) :]


def split_pipe(text: str) -> tuple[str, str]:
    """The command and what stands behind a pipe outside quotes."""
    match = re.fullmatch(r"((?:[^|\"']|\"[^\"]*\"|'[^']*')*)\|\s*(grep\s.*)", text, re.DOTALL)
    return (match[1], match[2]) if match else (text, "")


def grep(text: str, pipe: str) -> str:
    """The lines that `grep [-i] [-v] PATTERN` leaves."""
    if not pipe:
        return text
    *options, pattern = shlex.split(pipe)[1:] or [""]
    flags = re.IGNORECASE if "-i" in options else 0
    wanted = "-v" not in options
    return "".join(f"{line}\n" for line in text.splitlines() if bool(re.search(pattern, line, flags)) is wanted)
