"""What stands behind a pipe: `include`, `exclude`, `begin`, `section`, `no-more`."""

import re


def split_pipe(line: str) -> tuple[str, tuple[str, ...]]:
    """The command and its filters."""
    command, *filters = re.split(r"\s+\|\s+", line.strip())
    return command, tuple(filters)


def filtered(text: str, filters: tuple[str, ...]) -> str:
    """The text as the filters leave it."""
    for each in filters:
        word, _, pattern = each.partition(" ")
        text = _filter(text.splitlines(keepends=True), word, pattern.strip())
    return text


def _filter(lines: list[str], word: str, pattern: str) -> str:
    if word and "include".startswith(word):
        return "".join(line for line in lines if re.search(pattern, line))
    if word and "exclude".startswith(word):
        return "".join(line for line in lines if not re.search(pattern, line))
    if word and "begin".startswith(word):
        start = next((at for at, line in enumerate(lines) if re.search(pattern, line)), len(lines))
        return "".join(lines[start:])
    if word and "section".startswith(word):
        return "".join(_sections(lines, pattern))
    return "".join(lines)


def _sections(lines: list[str], pattern: str) -> list[str]:
    """Top-level lines that match with all below them, and those that have a matching line below."""
    blocks: list[list[str]] = []
    for line in lines:
        if line.startswith(" ") and blocks:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return [line for block in blocks if any(re.search(pattern, one) for one in block) for line in block]
