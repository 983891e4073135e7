"""Words of a command line on which quotes keep spaces together."""

import re
from collections.abc import Iterable

_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|\S+', re.DOTALL)


def split_words(text: str) -> tuple[str, ...]:
    """The words as they are written, quotes kept."""
    return tuple(_WORD.findall(text))


def join_words(words: Iterable[str]) -> str:
    """The words as one line."""
    return " ".join(words)


def bare(word: str) -> str:
    """A word without its quotes and escapes."""
    if len(word) < 2 or word[0] != '"' or word[-1] != '"':
        return word
    return re.sub(r"\\(.)", r"\1", word[1:-1], flags=re.DOTALL)


def quoted(text: str) -> str:
    """The text as one word in quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
