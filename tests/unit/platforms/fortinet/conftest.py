"""Recorded output of real boxes, read where it lies."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.core.readings import Reading
from siteauto.platforms.fortinet import PLATFORM

ROOT = Path(__file__).parents[4]


@pytest.fixture
def captures() -> Path:
    folder = Path(os.environ.get("SITEAUTO_CAPTURES", ROOT.parent / "shared/data/captures"))
    if not folder.is_dir():
        pytest.skip(f"no recorded output in {folder}: set SITEAUTO_CAPTURES")
    return folder


@pytest.fixture
def read() -> Callable[..., tuple[Reading, ...]]:
    """What a probe of the platform file makes of a device's answer."""

    def read(name: str, text: str, **words: str) -> tuple[Reading, ...]:
        probe = PLATFORM.checks[name]
        return probe.read(TextFsmParser().parse(PLATFORM, probe.parser, probe.command.format_map(words), text))

    return read
