"""Which levels could say a value of a site, the outermost first, and what each of them says.

For most values these are the three files. A device may have its own servers and port profiles; what holds for a port
comes from its profile, the device's own form of it, and the rooms, desks and ranges that name the port. What no file
types of subnets and addresses is pinned by the site's lock.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from siteauto.adapters.yaml_documents import Node
from siteauto.adapters.yaml_inventory.ports import PortNames
from siteauto.core.site.derivations import SiteFacts
from siteauto.core.site.explanation import LOCK, Level
from siteauto.core.site.port_names import split_range
from siteauto.core.site.port_settings import UNIVERSAL

LAYERS = ("organisation", "archetype", "site")
OWN_OF_DEVICE = ("organisation", "port_profiles")
OF_PROFILE = ("vlan", "voice", "poe")
OF_LOCK = {("vlans", "subnet"): "subnets", ("devices", "address"): "devices"}
OF_PORT = ("profile", *OF_PROFILE, "room", "desk", "description")
Steps = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The files of a site, the outermost first, its lock, and what follows: no facts while they are not sound."""

    site: str
    layers: tuple[Node, ...]
    lock: Node | None
    facts: SiteFacts | None
    ports: PortNames

    def at(self, layer: int, path: Sequence[str]) -> Node | None:
        """What one file says at exactly this path."""
        trail = self.layers[layer].trail(path)
        return trail[-1] if len(trail) == len(path) + 1 else None


def levels_of(files: Files, path: Steps) -> tuple[Level, ...]:
    """Every level that could say the value at this path."""
    match path:
        case ("devices", short, part, *rest) if part in OWN_OF_DEVICE and rest:
            outer, own = (part, *rest), ("devices", short, part, *rest)
            return (*_by_file(files, outer), *_at_device(files, own))
        case ("ports", short, port, field) if field in OF_PORT and is_port(files, short, port):
            return tuple(_of_port(files, short, port, field))
        case _:
            return _by_file(files, path)


def pinned(files: Files, path: Steps) -> tuple[Level, ...]:
    """What the lock says of a subnet or an address. A file that types another one counts more, and `validate` tells."""
    part = OF_LOCK.get((path[0], path[-1])) if len(path) == 3 else None
    if part is None or files.lock is None:
        return ()
    pin = (part, path[1])
    trail = files.lock.trail(pin)
    return (level_of(LOCK, trail[-1] if len(trail) == len(pin) + 1 else None, pin),)


def is_port(files: Files, short: str, text: str) -> bool:
    """Whether this names one port, and is not a range as somebody wrote it."""
    return len(split_range(text)) == 1 and bool(files.ports.port(short, text))


def _by_file(files: Files, path: Steps) -> tuple[Level, ...]:
    return tuple(level_of(name, files.at(layer, path), path) for layer, name in enumerate(LAYERS))


def _at_device(files: Files, path: Steps) -> tuple[Level, ...]:
    """What the files say of this very device; one silent level where none does."""
    said = [level_of("device", node, path) for layer in range(len(LAYERS)) if (node := files.at(layer, path))]
    return tuple(said) or (Level(name="device"),)


def _of_port(files: Files, short: str, port: str, field: str) -> Iterator[Level]:
    named = tuple(_naming(files, short, port, field))
    if field == "profile" and not named:
        yield from _by_file(files, ("unused_ports",))
        yield from _at_device(files, ("devices", short, "unused_ports"))
    if field in OF_PROFILE:
        profile = port_profile_name(files, short, port)
        yield from _by_file(files, ("port_profiles", profile, field))
        yield from _at_device(files, ("devices", short, "port_profiles", profile, field))
    said = tuple(level for level in named if level.place is not None)
    yield from said or (Level(name="port"),)


def port_profile_name(files: Files, short: str, port: str) -> str:
    """The profile that a port has in the end."""
    levels = tuple(_of_port(files, short, port, "profile"))
    said = [level.value for level in levels if level.place is not None]
    return said[-1] if said else unsaid_profile(files, short, port)


def unsaid_profile(files: Files, short: str, port: str) -> str:
    """The profile of a port of which nobody says one: universal where the port is in use."""
    return UNIVERSAL if any(True for _ in _naming(files, short, port, "profile")) else "disabled"


def _naming(files: Files, short: str, port: str, field: str) -> Iterator[Level]:
    """What rooms, desks and ranges that name this port say of it, in the order in which they count."""
    for layer in range(len(LAYERS)):
        for kind in ("rooms", "desks"):
            yield from _of_places(files, layer, kind, (short, port, field))
        ranges = files.at(layer, ("ports", short))
        for text in ranges.children if ranges else ():
            if _holds(files, short, text, port):
                path = ("ports", short, text, field)
                yield level_of("port", files.at(layer, path), path)


def _of_places(files: Files, layer: int, kind: str, wanted: tuple[str, str, str]) -> Iterator[Level]:
    short, port, field = wanted
    places = files.at(layer, (kind,))
    for key in places.children if places else ():
        ports = files.at(layer, (kind, key, "ports", short))
        if ports is None or not any(_holds(files, short, text, port) for text in words_of(ports)):
            continue
        if kind[:-1] == field:
            yield Level(
                name="port", value=_place_name(files, kind, key, wanted), place=ports.place, key=f"{kind}.{key}"
            )
        else:
            path = (kind, key, field)
            yield level_of("port", files.at(layer, path), path)


def _place_name(files: Files, kind: str, key: str, wanted: tuple[str, str, str]) -> str:
    """A room by its key; of a range of desks the one that has the port."""
    if kind == "rooms" or files.facts is None:
        return key
    name = files.ports.port(wanted[0], wanted[1])
    said = [each for each in files.facts.site.port_overrides if each.path[:2] == (kind, key) and name in each.ports]
    return said[-1].desk if said else key


def _holds(files: Files, short: str, text: str, port: str) -> bool:
    return files.ports.port(short, port) in files.ports.ports(short, text)


def words_of(node: Node) -> tuple[str, ...]:
    """The words of a list, or of the single one that may stand in its place."""
    if isinstance(node.value, str):
        return (node.value,)
    return tuple(each.value for each in node.children.values() if isinstance(each.value, str))


def level_of(name: str, node: Node | None, path: Steps) -> Level:
    """What a level says; nothing where it has no such value."""
    if node is None:
        return Level(name=name)
    return Level(name=name, value=shown(node), place=node.place, key=".".join(path))


def shown(node: Node) -> str:
    """A value as one would type it; a mapping in few words."""
    if node.value is None:
        return "null: taken away"
    if isinstance(node.value, str):
        return node.value
    inner = [shown(each) if isinstance(node.value, list) else key for key, each in node.children.items()]
    return f"[{', '.join(inner)}]" if isinstance(node.value, list) else f"{{{', '.join(inner)}}}"
