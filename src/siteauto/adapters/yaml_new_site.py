"""What the inventory knows about a site that is to be: its archetype, and how others of its kind are built."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from ipaddress import IPv4Network

from siteauto.adapters.yaml_documents import Node
from siteauto.adapters.yaml_inventory.claims import read_claim
from siteauto.adapters.yaml_inventory.files import SITES, InventoryFiles
from siteauto.adapters.yaml_inventory.layers import merge_layers
from siteauto.adapters.yaml_inventory.load import check_archetype
from siteauto.core.errors import InputError
from siteauto.core.models import Role
from siteauto.core.site.estate import Region
from siteauto.core.site.hardware import Platforms, known_models
from siteauto.core.site.new_site import CIRCUIT_GAPS, NewDevice

CIRCUIT = "circuit "
MODELINE = "# yaml-language-server:"


class Standard:
    """An archetype with what the organisation says, and the sites that follow it. Raises InputError if it is wrong."""

    def __init__(self, files: InventoryFiles, archetype: str) -> None:
        self._files = files
        defaults, bad = files.defaults()
        own, _ = files.archetype(archetype)
        findings = (*bad, *check_archetype(files, archetype))
        if defaults is None or own is None or findings:
            raise InputError(findings)
        self._root = merge_layers((defaults, own))
        documents = {name: files.own(name)[0] for name in files.names(SITES)}
        self._sites = {name: document for name, document in documents.items() if document is not None}
        self._peers = [each for each in self._sites.values() if each.find(("archetype",)).value == archetype]

    def regions(self) -> tuple[Region, ...]:
        """The parts of the country."""
        return tuple(
            Region(
                name=name,
                pools=tuple(map(IPv4Network, _words(node.find(("pools",))))),
                timezone=str(node.find(("timezone",)).value),
                states=tuple(_words(node.find(("states",)))),
            )
            for name, node in self._root.find(("regions",)).children.items()
            if "pools" in node.children
        )

    def prefixes(self) -> tuple[int, ...]:
        """The sizes of the subnets that a site of this kind has."""
        vlans = self._root.find(("vlans",)).children.values()
        values = [node.children["prefix"].value for node in vlans if "prefix" in node.children]
        return tuple(int(value) for value in values if isinstance(value, str))

    def taken(self) -> tuple[IPv4Network, ...]:
        """Addresses that no new site may have: other sites' supernets, and what all sites reach elsewhere."""
        claims = (read_claim(name, document).supernet for name, document in self._sites.items())
        return (*(supernet for supernet in claims if supernet is not None), *self._own_networks())

    def _own_networks(self) -> Iterator[IPv4Network]:
        for node in self._root.find(("organisation",)).children.values():
            for word in _words(node):
                with suppress(ValueError):
                    yield IPv4Network(word)

    def circuits(self) -> dict[str, tuple[str, ...]]:
        """The circuits that its cables lead to, with the keys that the archetype leaves open."""
        ends = [each for node in self._root.find(("cabling",)).children.values() for each in _words(node)]
        names = [end.removeprefix(CIRCUIT).strip() for end in ends if end.startswith(CIRCUIT)]
        given = self._root.trail(("circuits",))[-1].children if "circuits" in self._root.children else {}
        return {
            name: tuple(key for key in CIRCUIT_GAPS if name not in given or key not in given[name].children)
            for name in dict.fromkeys(names)
        }

    def devices(self, platforms: Platforms) -> tuple[NewDevice, ...]:
        """Its boxes, with the models that other sites of this kind have."""
        usual = self._usual_models()
        return tuple(
            _device(short, node, usual.get(short), platforms)
            for short, node in self._root.find(("devices",)).children.items()
        )

    def _usual_models(self) -> dict[str, str]:
        """The models of most sites of this kind, taken together: their vendors are not mixed anew."""
        sets = Counter(
            tuple(
                (short, str(node.children["model"].value))
                for short, node in peer.children["devices"].children.items()
                if "model" in node.children
            )
            for peer in self._peers
            if "devices" in peer.children
        )
        return dict(sets.most_common(1)[0][0]) if sets else {}

    def modeline(self) -> str:
        """The comment by which editors find the schema, as other sites have it."""
        for name in self._sites:
            first = self._files.path(SITES, name).read_text("utf-8").partition("\n")[0]
            if first.startswith(MODELINE):
                return first
        return ""


def _device(short: str, node: Node, model: str | None, platforms: Platforms) -> NewDevice:
    role = Role(str(node.find(("role",)).value))
    return NewDevice(
        short=short,
        model=model,
        known_models=tuple(box.model for box in known_models(role, platforms)),
        needs_model="model" not in node.children,
        needs_mac=role is Role.AP and "mac" not in node.children,
    )


def _words(node: Node) -> Sequence[str]:
    if isinstance(node.value, str):
        return (node.value,)
    return tuple(each.value for each in node.children.values() if isinstance(each.value, str))
