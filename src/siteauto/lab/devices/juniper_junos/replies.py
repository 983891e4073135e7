"""Elements of replies, and requests without their namespaces."""

from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

Content = "str | int | Element | list[Element]"


def made(tag: str, *children: Element | None, text: str = "", **attributes: str) -> Element:
    """An element; children that are None are left out. Underscores of attributes become dashes."""
    element = Element(tag, {name.replace("_", "-"): value for name, value in attributes.items()})
    element.text = text or None
    element.extend(child for child in children if child is not None)
    return element


def leaf(tag: str, text: object) -> Element:
    """An element that holds a word."""
    return made(tag, text=str(text))


def serialised(element: Element) -> str:
    """As text."""
    return ET.tostring(element, encoding="unicode")


def parsed(text: str) -> Element:
    """A request, its tags without namespaces. Raises ParseError."""
    root = ET.fromstring(text)  # noqa: S314 - from the tests' own clients
    for element in root.iter():
        element.tag = plain_tag(element)
    return root


def plain_tag(element: Element) -> str:
    """The tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


def word_of(request: Element, tag: str) -> str:
    """The text of a child; empty: there is none."""
    return (request.findtext(tag) or "").strip()


def rpc_error(message: str, *, bad: str = "", path: str = "", severity: str = "error") -> str:
    """An `<rpc-error>` in text."""
    place = f"<error-path>{escape(path)}</error-path>" if path else ""
    info = f"<error-info><bad-element>{escape(bad)}</bad-element></error-info>" if bad else ""
    return (
        "<rpc-error><error-type>protocol</error-type><error-tag>operation-failed</error-tag>"
        f"<error-severity>{severity}</error-severity>{place}"
        f"<error-message>{escape(message)}</error-message>{info}</rpc-error>"
    )
