"""The program `uci`: what it reads and stages, and how it refuses (cli.c and libuci.c of openwrt/uci)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from siteauto.core.config import ConfigTree, apply, to_text
from siteauto.core.config.uci_sections import SectionOrder, find_section, kind_of, values_of
from siteauto.core.config.uci_words import Target, target_of, uci_quoted
from siteauto.lab.devices.openwrt.box import Box
from siteauto.lab.devices.openwrt.rpcd import package_of

STAGED = "/tmp/.uci"  # noqa: S108 - the box's own folder
USAGE = "Usage: uci [<options>] <command> [<arguments>]\n"
_NAME = re.compile(r"\w+", re.ASCII)
_SECTION = re.compile(r"\w+|@[\w-]+\[-?\d+\]", re.ASCII)
_CHANGES = ("set", "add_list", "del_list", "delete", "rename", "reorder")


class UciError(Exception):
    """What the program complains of."""


NOT_FOUND, INVALID, PARSE = "uci: Entry not found", "uci: Invalid argument", "uci: Parse error"


@dataclass(slots=True)
class Uci:
    """One call of the program. `folder` is where it stages, and what it reads last."""

    box: Box
    folder: str = STAGED

    def run(self, words: Sequence[str]) -> str:
        """What it prints. Raises UciError."""
        verb, *rest = words or ("",)
        verb = {"del": "delete", "ren": "rename"}.get(verb, verb)
        if verb in _CHANGES and len(rest) == 1:
            return self._change(verb, rest[0])
        if verb == "add" and len(rest) == 2:
            return self._add(*rest)
        readers = {"export": self._export, "show": self._show, "changes": self._changes, "commit": self._commit}
        if verb in readers and len(rest) <= 1:
            return readers[verb](rest[0] if rest else "")
        if verb == "get" and len(rest) == 1:
            return self._get(rest[0])
        raise UciError(USAGE.rstrip())

    @property
    def _tree(self) -> ConfigTree:
        """What is committed, with what is staged over it."""
        staged = self.box.deltas.get(STAGED, [])
        more = self.box.deltas.get(self.folder, []) if self.folder != STAGED else []
        return self.box.with_staged((*staged, *more))

    # ── change ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _change(self, verb: str, text: str) -> str:
        words, equals, value = text.partition("=")
        target = target_of(words)
        self._check(verb, target, equals, value)
        line = f"uci {verb} {words}" + (f"={uci_quoted(value)}" if equals else "")
        self.box.deltas.setdefault(self.folder, []).append(line)
        return ""

    def _check(self, verb: str, target: Target, equals: str, value: str) -> None:
        if f"package {target.package}" not in self._tree.children:
            raise UciError(NOT_FOUND)
        if target.option and not _NAME.fullmatch(target.option):
            raise UciError(PARSE)
        if not _SECTION.fullmatch(target.section) or (not equals and verb != "delete"):
            raise UciError(INVALID)
        section = self._section(target)
        makes = verb == "set" and not target.option and not target.section.startswith("@")
        if section is None and not makes:
            raise UciError(INVALID if verb in ("set", "add_list") else NOT_FOUND)
        if verb in ("delete", "rename") and target.option:
            node = self._tree.children[f"package {target.package}"].children[section or ""]
            if target.option not in node.children:
                raise UciError(NOT_FOUND)
        if (makes and not re.fullmatch(r"[\w-]+", value)) or (verb == "reorder" and not value.isdigit()):
            raise UciError(INVALID)

    def _section(self, target: Target) -> str | None:
        sections = dict(self._tree.children[f"package {target.package}"].children)
        found = find_section(sections, target.section, lambda: SectionOrder(sections))
        return found if found is not None and (found.startswith("@") or target.section == found) else None

    def _add(self, package: str, kind: str) -> str:
        if f"package {package}" not in self._tree.children:
            raise UciError(NOT_FOUND)
        if not re.fullmatch(r"[\w-]+", kind):
            raise UciError(INVALID)
        self.box.deltas.setdefault(self.folder, []).append(f"uci add {package} {kind}")
        number = len(self._tree.children[f"package {package}"].children)
        return f"cfg{number:02x}{sum(map(ord, package + kind)) & 0xFFFF:04x}\n"

    def _commit(self, package: str) -> str:
        for folder in dict.fromkeys((STAGED, self.folder)):
            staged = self.box.deltas.pop(folder, [])
            done = [line for line in staged if package in ("", package_of(line))]
            self.box.committed = apply(self.box.committed, done)
            if left := [line for line in staged if line not in done]:
                self.box.deltas[folder] = left
        return ""

    # ── read ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _only(self, package: str) -> ConfigTree:
        tree = self._tree
        if not package:
            return tree
        key = f"package {package}"
        if key not in tree.children:
            raise UciError(NOT_FOUND)
        return ConfigTree(rules=tree.rules, children={key: tree.children[key]})

    def _export(self, package: str) -> str:
        tree = self._only(package)
        ordered = dict(sorted(tree.children.items()))
        return to_text(ConfigTree(rules=tree.rules, children=ordered))

    def _changes(self, package: str) -> str:
        staged = [*self.box.deltas.get(STAGED, ()), *(self._own() if self.folder != STAGED else ())]
        return "".join(f"{_change_of(line)}\n" for line in staged if package in ("", package_of(line)))

    def _own(self) -> list[str]:
        return self.box.deltas.get(self.folder, [])

    def _show(self, text: str) -> str:
        target = target_of(text)
        tree = self._only(target.package)
        lines = [
            line
            for key, package in sorted(tree.children.items())
            for line in _shown(key.removeprefix("package "), ConfigTree(rules=tree.rules, children=package.children))
        ]
        if not target.section:
            return "".join(f"{line}\n" for line in lines)
        found = [line for line in lines if re.match(re.escape(text) + r"(?:[.=])", line)]
        if not found:
            raise UciError(NOT_FOUND)
        return "".join(f"{line}\n" for line in found)

    def _get(self, text: str) -> str:
        target = target_of(text)
        section = self._section(target) if f"package {target.package}" in self._tree.children else None
        if section is None:
            raise UciError(NOT_FOUND)
        node = self._tree.children[f"package {target.package}"].children[section]
        if not target.option:
            return f"{kind_of(node)}\n"
        if target.option not in node.children:
            raise UciError(NOT_FOUND)
        return " ".join(values_of(node.children[target.option])) + "\n"


def _shown(package: str, tree: ConfigTree) -> list[str]:
    lines, counts = [], dict[str, int]()
    for key, node in tree.children.items():
        kind = kind_of(node)
        name = f"@{kind}[{counts.get(kind, 0)}]" if key.startswith("@") else key
        counts[kind] = counts.get(kind, 0) + 1
        lines.append(f"{package}.{name}={kind}")
        for option, child in node.children.items():
            lines.append(f"{package}.{name}.{option}=" + " ".join(map(uci_quoted, values_of(child))))
    return lines


def _change_of(line: str) -> str:
    """A staged command as `uci changes` prints it."""
    verb, rest = line.removeprefix("uci ").split(" ", 1)
    words, _, value = rest.partition("=")
    return {
        "add": f"{rest.replace(' ', '.')}='{rest.split(' ')[-1]}'",
        "delete": f"-{words}",
        "add_list": f"{words}+={value}",
        "del_list": f"{words}-={value}",
    }.get(verb, f"{words}={value}")
