"""What can be typed inside an object or an entry: `set`, `unset`, nested `config` and the rest."""

from collections.abc import Callable

from siteauto.lab.devices.fortinet.config_mode import ConfigMode, Level
from siteauto.lab.devices.fortinet.grammar import Attribute
from siteauto.lab.devices.fortinet.refusals import bad_value, incomplete, unknown_action, unknown_word
from siteauto.lab.devices.fortinet.tree import Node, Table
from siteauto.lab.devices.fortinet.values import MANY, check_value

Verb = Callable[[ConfigMode, Node, list[str]], str]


def _next(mode: ConfigMode, _: Node, __: list[str]) -> str:
    if mode.level.table is None:
        raise unknown_action()
    level = mode.levels.pop()  # an entry that is refused is dropped
    mode.store_entry(level)
    return ""


def _config(mode: ConfigMode, node: Node, arguments: list[str]) -> str:
    name = " ".join(arguments)
    if node.section.section(name) is None:
        raise unknown_word(arguments[0]) if arguments else incomplete()
    part = node.child(name)
    if isinstance(part, Table):
        mode.levels.append(Level(prompt=part.section.prompt, target=part))
    else:
        mode.edit_object(part, put_back=lambda staged: node.nested.update({name: staged}))
    return ""


def _set(mode: ConfigMode, node: Node, arguments: list[str]) -> str:
    attribute = _attribute(node, arguments)
    node.values[attribute.name] = check_value(attribute, tuple(arguments[1:]), lambda path: _keys(mode, path))
    return ""


def _unset(_: ConfigMode, node: Node, arguments: list[str]) -> str:
    node.values.pop(_attribute(node, arguments).name, None)
    return ""


def _append(mode: ConfigMode, node: Node, arguments: list[str]) -> str:
    attribute = _attribute(node, arguments)
    if attribute.kind not in MANY:
        raise unknown_word(attribute.name)
    held = node.get(attribute.name)
    return _set(mode, node, [attribute.name, *held, *(word for word in arguments[1:] if word not in held)])


def _unselect(_: ConfigMode, node: Node, arguments: list[str]) -> str:
    attribute = _attribute(node, arguments)
    held = node.get(attribute.name)
    for word in arguments[1:]:
        if word not in held:
            raise bad_value(word)
    node.values[attribute.name] = tuple(word for word in held if word not in arguments[1:])
    if not node.values[attribute.name]:
        del node.values[attribute.name]
    return ""


def _attribute(node: Node, arguments: list[str]) -> Attribute:
    if not arguments:
        raise incomplete()
    attribute = node.section.attribute(arguments[0])
    if attribute is None:
        raise unknown_word(arguments[0])
    return attribute


def _keys(mode: ConfigMode, path: str) -> frozenset[str]:
    return frozenset(mode.configuration.rows(path))


ENTRY_VERBS: dict[str, Verb] = {
    "next": _next,
    "config": _config,
    "set": _set,
    "unset": _unset,
    "append": _append,
    "select": _set,
    "unselect": _unselect,
}
