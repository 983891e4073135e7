"""A tree while it is being typed into: only what changes is copied, the rest stays shared with the tree before."""

from siteauto.core.config.grammar import Grammar, grammar_of
from siteauto.core.config.list_values import ListValues
from siteauto.core.config.order import Order
from siteauto.core.config.tree import ConfigTree, Node
from siteauto.core.config.uci_sections import SectionOrder, option_node, values_of

Path = tuple[str, ...]  # slots, one for each level


class Draft:
    """Changes to a tree. Levels are copied the first time that they are opened, then changed in place."""

    def __init__(self, tree: ConfigTree) -> None:
        self.rules = tree.rules
        self.grammar: Grammar = grammar_of(tree.rules)
        self._root = dict(tree.children)
        self._owned = {id(self._root)}
        self._entries: dict[int, Entries] = {}
        self._sections: dict[int, SectionOrder] = {}
        self._moving: tuple[dict[str, Node], Order] | None = None
        self._list: tuple[dict[str, Node], str, ListValues] | None = None

    def tree(self) -> ConfigTree:
        """The tree as it stands. The draft must not be used afterwards."""
        self.settle()
        return ConfigTree(rules=self.rules, children=self._root)

    def has(self, path: Path) -> bool:
        """Whether there is a node here."""
        children: object = self._root
        for key in path:
            node = children.get(key) if isinstance(children, dict) else None
            if node is None:
                return False
            children = node.children
        return True

    def open(self, path: Path) -> dict[str, Node]:
        """The children under a path, free to be changed."""
        children = self._root
        for key in path:
            children = self.open_child(children, key)
        return children

    def open_child(self, parent: dict[str, Node], key: str) -> dict[str, Node]:
        """The children of a node whose parent is open, free to be changed."""
        node = parent[key]
        if isinstance(node.children, dict) and id(node.children) in self._owned:
            return node.children
        copy = dict(node.children)
        self._owned.add(id(copy))
        parent[key] = Node(line=node.line, body=node.body, children=copy, note=node.note)
        return copy

    def enter(self, parent: dict[str, Node], line: str) -> dict[str, Node]:
        """The children of the section with this line, which is made where there is none; its parent is open."""
        if line in parent:
            return self.open_child(parent, line)
        inside: dict[str, Node] = {}
        self._owned.add(id(inside))
        parent[line] = Node(line, children=inside)
        return inside

    def entries(self, children: dict[str, Node]) -> "Entries":
        """The numbers of the entries of an access list that was opened in this draft."""
        found = self._entries.get(id(children))
        if found is None:
            found = self._entries[id(children)] = Entries(children)
        return found

    def forget_entries(self) -> None:
        """Numbers have changed behind the index."""
        self._entries = {}

    def sections(self, sections: dict[str, Node]) -> SectionOrder:
        """The order of the sections of a UCI package, until `forget_sections`."""
        found = self._sections.get(id(sections))
        if found is None:
            found = self._sections[id(sections)] = SectionOrder(sections)
        return found

    def forget_sections(self) -> None:
        """Sections have come, gone or been renamed behind their order."""
        self.settle()
        self._sections = {}

    def order(self, children: dict[str, Node]) -> Order:
        """The order of a table while its entries move; call `settle` before anything else is done with it."""
        if self._moving is None or self._moving[0] is not children:
            self.arrange(children, Order(children))
        return self._moving[1] if self._moving is not None else Order(children)

    def is_moving(self, children: dict[str, Node]) -> bool:
        """Whether this is the table whose entries move."""
        return self._moving is not None and self._moving[0] is children

    def arrange(self, children: dict[str, Node], order: Order) -> None:
        """Bring a table in this order, which may still change, as soon as the draft settles."""
        if not self.is_moving(children):
            self.settle()
        self._moving = (children, order)

    def values(self, options: dict[str, Node], name: str) -> ListValues:
        """The values of a list of UCI while they come and go; call `settle` before anything else is done with them."""
        if self._list is None or self._list[0] is not options or self._list[1] != name:
            self.settle()
            values = ListValues(values_of(options[name]) if name in options else ())
            self._list = (options, name, values)
        return self._list[2]

    def settle(self) -> None:
        """Bring all in its place that waits for it: entries that were moved, values that came and went."""
        self.settle_order()
        if self._list is not None:
            options, name, values = self._list
            self._list = None
            if values.held():
                options[name] = option_node(name, values.held(), is_list=True)
            else:
                options.pop(name, None)

    def settle_order(self) -> None:
        """Bring the table whose entries were moved in its new order."""
        if self._moving is not None:
            children, order = self._moving
            entries = [(key, children[key]) for key in order]
            children.clear()
            children.update(entries)
            self._moving = None

    def restore(self, tree: ConfigTree) -> None:
        """Go back to an earlier tree."""
        self._root.clear()
        self._root.update(tree.children)

    def snapshot(self) -> ConfigTree:
        """The tree as it stands, for going back to it; what is typed later does not reach it."""
        self.settle()
        self._owned = {id(self._root)}
        self._entries = {}
        self._sections = {}
        return ConfigTree(rules=self.rules, children=dict(self._root))


class Entries:
    """Which slot stands at which number, kept while entries come and go."""

    def __init__(self, children: dict[str, Node]) -> None:
        self.by_number = {number_of(node.line): key for key, node in children.items()}
        self._highest: int | None = None

    def highest(self) -> int:
        """The highest number; 0 where there is no entry."""
        if self._highest is None:
            self._highest = max(self.by_number, default=0)
        return self._highest

    def add(self, number: int, key: str) -> None:
        """An entry was put in."""
        self.by_number[number] = key
        if self._highest is not None:
            self._highest = max(self._highest, number)

    def remove(self, number: int) -> None:
        """An entry was taken out."""
        del self.by_number[number]
        if number == self._highest:
            self._highest = None


def number_of(line: str) -> int:
    """The number that an entry starts with; 0 where it has none."""
    word = line.partition(" ")[0]
    return int(word) if word.isdigit() else 0
