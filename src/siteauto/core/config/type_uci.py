"""What a command of OpenWrt's `uci` does to a configuration, and how its texts are read."""

from collections.abc import Callable

from siteauto.core.config.bodies import Logical, OpenBody, has_open_quote
from siteauto.core.config.draft import Draft
from siteauto.core.config.list_values import ListValues
from siteauto.core.config.plain import plain_lines
from siteauto.core.config.position import Position
from siteauto.core.config.tree import Node
from siteauto.core.config.uci_sections import (
    Sections,
    add_anonymous,
    find_section,
    key_options,
    kind_of,
    option_node,
    rekey,
    rename_last,
    section_node,
    values_of,
)
from siteauto.core.config.uci_words import Entry, Target, entries, is_anonymous, target_of, uci_quoted, uci_words

Read = Callable[[Logical], tuple[str, str] | None]
NO_PACKAGE = "?"  # of a section that stands before the line which names its package


def load_uci(draft: Draft, text: str, read: Read, *, keep_hidden: bool) -> None:
    """Read a text: export, files or show. UCI has no hidden lines, so nothing depends on `keep_hidden`."""
    del keep_hidden
    package, key, shown = NO_PACKAGE, "", dict[tuple[str, str], str]()
    for entry in entries(draft.rules, text):
        package = entry.package or package
        sections = _package(draft, package)
        if entry.kind == "config":
            key = _section(sections, entry)
            shown[package, entry.section] = key
        elif entry.kind != "package":
            key = shown.get((package, entry.section), "") if entry.section else key
            if key in sections:
                _load_option(draft, (f"package {package}", key), entry, read)
    for name in list(draft.open(())):
        rekey(draft.open((name,)), draft.rules, name.removeprefix("package "))


def _package(draft: Draft, package: str) -> Sections:
    key, root = f"package {package}", draft.open(())
    if key not in root:
        root[key] = Node(line=key)
    return draft.open((key,))


def _section(sections: Sections, entry: Entry) -> str:
    if not entry.section or is_anonymous(entry.section):
        return add_anonymous(sections, entry.values[0])
    sections.setdefault(entry.section, section_node(entry.values[0], entry.section))
    return entry.section


def _load_option(draft: Draft, path: tuple[str, str], entry: Entry, read: Read) -> None:
    kind = kind_of(draft.open(path[:1])[path[1]])
    mode = draft.grammar.mode(f"{path[0].removeprefix('package ')}/{kind}")
    is_list = entry.kind == "list" or len(entry.values) > 1 or mode.lists.matches(f"{entry.name} ") is not None
    old = draft.open(path).get(entry.name)
    held = values_of(old) if old is not None and is_list and entry.kind != "show" else ()
    values, notes = list(held), [old.note if old is not None else ""]
    for value in filter(None, entry.values):  # an empty value is none
        line = f"{'list' if is_list else 'option'} {entry.name} {uci_quoted(value)}"
        kept = read(Logical(line, (), plain=plain_lines(draft.rules)[line]))
        if kept is not None:
            values.append(value if kept[0] == line else uci_words(kept[0])[2])
            notes.append(kept[1])
    if values:
        note = next((note for note in ("opaque", "verified") if note in notes), "")
        draft.open(path)[entry.name] = option_node(entry.name, tuple(values), is_list=is_list, note=note)


# ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def type_line(draft: Draft, position: Position, raw: str) -> Position:
    """Carry out one command, with or without the word `uci` before it."""
    if position.body is not None:
        raw = "\n".join((*position.body.lines, raw))
    if has_open_quote(raw, "'"):
        return position._replace(body=OpenBody(line="", lines=tuple(raw.split("\n"))))
    verb, _, rest = raw.strip().removeprefix("uci ").strip().partition(" ")
    if verb in ("add_list", "del_list"):
        draft.settle_order()
    elif verb != "reorder" or "[-" in rest:
        draft.settle()
    if verb == "add":
        draft.forget_sections()
        package, kind = (*uci_words(rest), "", "")[:2]
        sections = _package(draft, package)
        if f"@{kind}[]" in sections:
            add_anonymous(sections, kind)
            rekey(sections, draft.rules, package)
        else:
            sections[f"@{kind}[]"] = Node(line=f"config {kind}")
    elif verb in _COMMANDS:
        words, _, value = rest.partition("=")
        target = target_of(words.strip())
        _COMMANDS[verb](draft, target, "".join(uci_words(value)[:1]))
        if not target.option and verb not in ("delete", "reorder"):
            draft.forget_sections()
    return position._replace(body=None)


def _path(draft: Draft, target: Target) -> tuple[str, str] | None:
    sections = _package(draft, target.package)
    key = find_section(sections, target.section, lambda: draft.sections(sections))
    return (f"package {target.package}", key) if key is not None else None


def _set(draft: Draft, target: Target, value: str) -> None:
    if target.option:
        _put(draft, target, (value,) if value else (), is_list=False)
        return
    sections = _package(draft, target.package)
    old, new = sections.get(target.section), section_node(value, target.section)
    sections[target.section] = new if old is None else old._replace(line=new.line)


def _put(draft: Draft, target: Target, values: tuple[str, ...], *, is_list: bool) -> None:
    path = _path(draft, target)
    if path is None:
        return
    options, mode = draft.open(path), f"{target.package}/{kind_of(draft.open(path[:1])[path[1]])}"
    if values:
        is_list = is_list or draft.grammar.mode(mode).lists.matches(f"{target.option} ") is not None
        options[target.option] = option_node(target.option, values, is_list=is_list)
    else:
        options.pop(target.option, None)
    if _names_section(draft, path, target.option):
        draft.forget_sections()
        sections = draft.open(path[:1])
        is_last = next(reversed(sections)) == path[1]
        if not is_last or not rename_last(sections, draft.rules, target.package):
            rekey(sections, draft.rules, target.package)


def _names_section(draft: Draft, path: tuple[str, str], option: str) -> bool:
    """Whether a section without a name is known by this option."""
    mode = f"{path[0].removeprefix('package ')}/{kind_of(draft.open(path[:1])[path[1]])}"
    return path[1].startswith("@") and option in key_options(draft.rules, mode)


def _add_list(draft: Draft, target: Target, value: str) -> None:
    _change_list(draft, target, lambda values: values.add(value))


def _del_list(draft: Draft, target: Target, value: str) -> None:
    _change_list(draft, target, lambda values: values.remove(value))


def _change_list(draft: Draft, target: Target, change: Callable[[ListValues], None]) -> None:
    path = _path(draft, target)
    if path is None:
        return
    values = draft.values(draft.open(path), target.option)
    change(values)
    if _names_section(draft, path, target.option):
        draft.settle()
        _put(draft, target, values.held(), is_list=True)


def _delete(draft: Draft, target: Target, _value: str) -> None:
    path = _path(draft, target) if target.section else None
    if target.option:
        _put(draft, target, (), is_list=False)
    elif path is not None:
        _drop(draft, path, target.package)
    elif not target.section:
        draft.forget_sections()
        draft.open(()).pop(f"package {target.package}", None)


def _drop(draft: Draft, path: tuple[str, str], package: str) -> None:
    """Remove a section; those like it are numbered anew."""
    sections, key = draft.open(path[:1]), path[1]
    draft.sections(sections).remove(key)
    del sections[key]
    if _has_a_twin(sections, key):
        draft.forget_sections()
        rekey(sections, draft.rules, package)


def _rename(draft: Draft, target: Target, value: str) -> None:
    path = _path(draft, target)
    if path is None or target.option or not value:
        return
    sections = draft.open(path[:1])
    renamed = [
        (value, node._replace(line=section_node(kind_of(node), value).line)) if key == path[1] else (key, node)
        for key, node in sections.items()
    ]
    sections.clear()
    sections.update(renamed)


def _reorder(draft: Draft, target: Target, value: str) -> None:
    """Put a section at this place among all sections of its package."""
    path = _path(draft, target)
    if path is None or not value.isdigit():
        return
    sections, key = draft.open(path[:1]), path[1]
    order = draft.sections(sections)
    order.move(key, int(value))
    draft.arrange(sections, order.everything)
    if _has_a_twin(sections, key):
        draft.forget_sections()
        rekey(sections, draft.rules, target.package)


def _has_a_twin(sections: Sections, key: str) -> bool:
    """Whether another section without a name says the same, so that the two are told apart by their order."""
    return key.startswith("@") and (f"{key} 2" in sections or not key.endswith("]"))


_COMMANDS: dict[str, Callable[[Draft, Target, str], None]] = {
    "set": _set,
    "add_list": _add_list,
    "del_list": _del_list,
    "delete": _delete,
    "rename": _rename,
    "reorder": _reorder,
}
