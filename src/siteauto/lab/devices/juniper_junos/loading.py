"""Loading text, `set` commands or XML into a candidate: what is known goes in, what is not is told."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from siteauto.core.config import ConfigRules, ConfigTree
from siteauto.core.config.bodies import logical_lines
from siteauto.core.config.grammar import grammar_of
from siteauto.core.config.parse import as_written, load
from siteauto.core.config.path_steps import inline_paths
from siteauto.core.config.path_words import Statement, Words, path_words, statements
from siteauto.core.config.session import apply
from siteauto.core.config.sha_crypt import sha512_crypt
from siteauto.lab.devices.juniper_junos.grammar import first_unknown
from siteauto.lab.devices.juniper_junos.reading import plain

OWN = ("version",)  # the box writes it anew, whatever is loaded
IN_CLEAR = "plain-text-password-value"
ERASING = ("delete", "deactivate", "activate", "insert", "protect", "unprotect", "rename", "annotate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A statement that the box does not know: where, and its first wrong word."""

    path: Words
    word: str

    @property
    def edit_path(self) -> str:
        """As the box names the place."""
        return f"[edit {' '.join(self.path)}]" if self.path else "[edit]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The candidate afterwards: a statement that is refused does not keep out those behind it."""

    tree: ConfigTree
    complaints: tuple[Complaint, ...] = ()


def load_text(rules: ConfigRules, tree: ConfigTree, text: str, *, action: str) -> Loaded:
    """`load override`, `load replace` or `load merge` of braces. `replace:` before a section empties it first."""
    written = (one for one in statements(rules, text) if one.words[:1] != OWN)
    found, complaints = _sorted_out(rules, written)
    lines = [_command(one) for one in found]
    if action == "override":
        return Loaded(tree=_made(rules, lines), complaints=complaints)
    emptied = [f"delete {' '.join(path)}" for path in _replaced(text)] if action == "replace" else []
    return Loaded(tree=apply(tree, (*emptied, *lines)), complaints=complaints)


def load_commands(tree: ConfigTree, lines: Iterable[str]) -> Loaded:
    """`load set`: commands of configuration mode, one a line."""
    taken: list[str] = []
    complaints: list[Complaint] = []
    for line in lines:
        verb, *words = path_words(line.strip()) or ("",)
        if not verb or verb.startswith("#"):
            continue
        statement = Statement(verb=verb, steps=(tuple(words),))
        wrong = [one for path in _one_by_one(tree.rules, statement) if (one := _complaint(path)) is not None]
        if verb != "set" and verb not in ERASING:
            complaints.append(Complaint(path=(), word=verb))
        elif verb == "set" and wrong:
            complaints += wrong
        else:
            taken.append(" ".join((verb, *_hashed(tuple(words)))))
    return Loaded(tree=apply(tree, taken), complaints=tuple(complaints))


def _made(rules: ConfigRules, lines: list[str]) -> ConfigTree:
    return load(rules, "\n".join((*lines, "")), as_written, keep_hidden=True)


def _sorted_out(rules: ConfigRules, found: Iterator[Statement]) -> tuple[list[Statement], tuple[Complaint, ...]]:
    good: list[Statement] = []
    complaints: dict[tuple[Words, str], Complaint] = {}
    for statement in found:
        wrong = [one for words in _one_by_one(rules, statement) if (one := _complaint(words)) is not None]
        complaints |= {(one.path, one.word): one for one in wrong}
        if not wrong:
            good.append(statement)
    return good, tuple(complaints.values())


def _one_by_one(rules: ConfigRules, statement: Statement) -> Iterator[Words]:
    """The paths of a statement whose options stand behind each other."""
    if statement.verb != "set":
        yield statement.words
        return
    for steps in inline_paths(grammar_of(rules), statement.words):
        yield tuple(word for step in steps for word in step.words)


def _complaint(words: Words) -> Complaint | None:
    place = first_unknown(words)
    return None if place is None else Complaint(path=words[:place], word=words[place])


def _command(statement: Statement) -> str:
    return " ".join((statement.verb, *_hashed(statement.words)))


def _hashed(words: Words) -> Words:
    """A password in clear is kept as a hash, under another word."""
    if IN_CLEAR not in words[-2:-1]:
        return words
    password = plain(words[-1])
    salt = hashlib.sha256("/".join(words).encode()).digest()
    return (*words[:-2], "encrypted-password", f'"{sha512_crypt(password, salt)}"')


def _replaced(text: str) -> Iterator[Words]:
    """The sections of a text that are marked with `replace:`."""
    above: list[Words] = []
    for line in text.splitlines():
        stripped = line.strip()
        if stripped.startswith("replace:") and stripped.endswith("{"):
            yield tuple(word for words in above for word in words) + path_words(stripped[len("replace:") : -1])
        if stripped.endswith("{"):
            above.append(path_words(stripped.removeprefix("replace:")[:-1]))
        elif stripped == "}" and above:
            above.pop()


def canonical(rules: ConfigRules, text: str) -> ConfigTree:
    """A configuration that somebody has written, as the box would hold it."""
    return load(rules, text, as_written, keep_hidden=True)


def lines_of(rules: ConfigRules, text: str) -> Iterator[str]:
    """The commands of a text, those with quotes over several lines in one."""
    return (logical.line for logical in logical_lines(rules, text))
