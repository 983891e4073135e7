"""Words of a FortiOS line, quotes and backslashes as its command line takes them, and back."""

import re

_PLAIN = re.compile(r"[^\s\"'\\]")


class OpenQuoteError(Exception):
    """The line ends inside quotes: FortiOS goes on reading on the next line."""


def split_words(line: str) -> list[str]:
    """The words of a line without their quotes. Raises OpenQuoteError."""
    words: list[str] = []
    current: list[str] | None = None
    quote = ""
    characters = iter(line)
    for character in characters:
        if character == "\\" and quote != "'":
            current = [*(current or []), next(characters, "")]
        elif quote:
            if character == quote:
                quote = ""
            else:
                current = [*(current or []), character]
        elif character in "\"'":
            quote, current = character, current or []
        elif character.isspace():
            if current is not None:
                words.append("".join(current))
            current = None
        else:
            current = [*(current or []), character]
    if quote:
        raise OpenQuoteError(line)
    return words if current is None else [*words, "".join(current)]


def quote(word: str) -> str:
    """The word in double quotes, as `show` prints it."""
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
