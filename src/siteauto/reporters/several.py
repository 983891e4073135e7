"""Several documents of one run as one output."""

import json
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from siteauto.reporters.document import Document
from siteauto.reporters.formats import FORMAT_VERSION, FORMATS


def as_one(documents: Sequence[Document], form: str) -> str:
    """The documents in one format: one after the other, or within one of its own kind where it allows one only."""
    texts = [FORMATS[form](document) for document in documents]
    if len(texts) == 1:
        return texts[0]
    if form == "json":
        return json.dumps(
            {"format_version": FORMAT_VERSION, "documents": [json.loads(text) for text in texts]}, indent=2
        )
    if form == "junit":
        return _one_suite(texts)
    return ("\n" if form == "jsonl" else "\n\n").join(text.rstrip("\n") for text in texts)


def _one_suite(texts: Sequence[str]) -> str:
    root = ET.Element("testsuites", name="siteauto")
    for text in texts:
        root.extend(ET.fromstring(text))  # noqa: S314 - written by ourselves a moment ago
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)
