"""Text of devices and people as it may be shown: it steers no terminal and becomes no Markdown, HTML or mention."""

import unicodedata

REPLACEMENT = "�"
UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})  # controls, direction marks and other invisible characters


def visible(text: str) -> str:
    """The text with a sign for every character that is not one to be seen; line breaks and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character if character in "\n\t" or unicodedata.category(character) not in UNSAFE else REPLACEMENT
        for character in text
    )


def cell(text: str) -> str:
    """A text within a line or table of Markdown."""
    escaped = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace("\n", " ")
    for character in "\\|`*_[]~":
        escaped = escaped.replace(character, f"\\{character}")
    return escaped.replace("@", "@\u200b").replace("#", "#\u200b")


def fenced(text: str, language: str = "") -> list[str]:
    """A block of Markdown whose fence is longer than any in the text."""
    shown = visible(text).rstrip("\n")
    fence = "`" * max(3, 1 + longest_run_of_backticks(shown))
    return [f"{fence}{language}", shown, fence]


def longest_run_of_backticks(text: str) -> int:
    """How many backticks stand together at most."""
    longest = run = 0
    for character in text:
        run = run + 1 if character == "`" else 0
        longest = max(longest, run)
    return longest
