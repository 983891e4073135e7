"""Which box answered, from its own words."""

import re

from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.readings import IdentityReading


def read_identity(platform: PlatformSpec, text: str) -> IdentityReading | None:
    """Model, serial and version in the answers to the platform's identity commands; None: they do not hold them."""
    rules = platform.identity
    found = {
        name: match[name]
        for name, pattern in (("model", rules.model), ("serial", rules.serial), ("version", rules.version))
        if (match := re.search(pattern, text, re.MULTILINE))
    }
    if not {"model", "serial"} <= found.keys():
        return None
    model = platform.model_named(found["model"])
    return IdentityReading(model=model, serial=found["serial"], version=found.get("version", ""))
