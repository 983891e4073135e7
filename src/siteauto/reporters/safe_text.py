"""Text of devices and people as it may be shown: it steers no terminal and becomes no Markdown, HTML or mention."""

import re
import unicodedata

REPLACEMENT = "�"
UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})  # controls, direction marks and other invisible characters

# What a forge would turn into a mention, a reference or a link: @anna, #12, !12, $12, %12, ~label, GH-12, ://, www.
REFERENCE = re.compile(r"[@#]|[!$%&~](?=\w)|\bGH-(?=\d)|:(?=//)|\bwww(?=\.)", re.IGNORECASE)


def visible(text: str) -> str:
    """The text with a sign for every character that is not one to be seen; line breaks and tabs stay."""
    if all(line.isprintable() for line in text.split("\n")):
        return text
    return "".join(
        character if character in "\n\t" or unicodedata.category(character) not in UNSAFE else REPLACEMENT
        for character in text
    )


def cell(text: str) -> str:
    """A text within a line or table of Markdown."""
    escaped = REFERENCE.sub("\\g<0>\u200b", visible(text)).replace("&", "&amp;").replace("<", "&lt;")
    escaped = re.sub(r"[\n\t]", " ", escaped)
    for character in "\\|`*_[]~":
        escaped = escaped.replace(character, f"\\{character}")
    return escaped


def fenced(text: str, language: str = "") -> list[str]:
    """A block of Markdown whose fence is longer than any in the text."""
    shown = visible(text).rstrip("\n")
    fence = "`" * max(3, 1 + longest_run_of_backticks(shown))
    return [f"{fence}{language}", shown, fence]


def longest_run_of_backticks(text: str) -> int:
    """How many backticks stand together at most."""
    return max(map(len, re.findall("`+", text)), default=0)
