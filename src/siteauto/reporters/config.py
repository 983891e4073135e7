"""What the configuration engine found out about two texts, for a terminal and for programs."""

from dataclasses import asdict

from siteauto.core.config import ConfigDiff, Remediation, diff_text, explain
from siteauto.core.config.diff import DRIFT
from siteauto.core.config.tree import DEEPEST
from siteauto.reporters.safe_text import visible

Unended = tuple[tuple[int, str], ...]  # line numbers and lines that start a text without an end


def diff_report(found: ConfigDiff) -> str:
    """The drift as lines with + and -, then what is none, each with its word."""
    quiet = [f"# {line}" for line in explain(found) if line.partition(":")[0] not in DRIFT]
    return visible("".join((diff_text(found), *(f"{line}\n" for line in quiet))))


def diff_data(found: ConfigDiff) -> dict[str, object]:
    """The same for programs."""
    return {
        "format_version": 1,
        "equal": not found.significant,
        "differences": [item._asdict() for item in found.differences],
    }


def remediation_report(found: Remediation, *, secrets: tuple[str, ...] = ()) -> str:
    """The commands, the way back, and whether they lead there. `secrets`: what a person must put into them."""
    parts = [*_block("commands", found.commands), *_block("rollback", found.rollback)]
    parts += [f"# secret: {words}" for words in secrets]
    parts += [f"# by hand: {reason}" for reason in found.refused]
    parts += [f"# {reason}" for reason in found.rollback_leaves]
    proof = "these commands lead to the intended configuration" if found.converges else "they do not lead all the way"
    return visible("\n".join((*parts, f"# proof: {proof}", "")))


def _block(name: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    return (f"# {name}: {'' if lines else 'none'}".rstrip(), *lines)


def remediation_data(found: Remediation, *, secrets: tuple[str, ...] = ()) -> dict[str, object]:
    """The same for programs."""
    return {"format_version": 1, **asdict(found), "secrets": secrets}


def too_deep_report(name: str) -> str:
    """That a text is nested deeper than any configuration."""
    return f"{name}: nested deeper than {DEEPEST} levels: what is deeper is compared as if it stood on the last one"


def unended_report(name: str, unended: Unended) -> tuple[str, ...]:
    """One line for each text without an end: it is compared line by line, and that is said."""
    return tuple(
        f"{name}:{number}: this text has no end and is compared line by line: {visible(line)}"
        for number, line in unended
    )
