"""Start-up: what `siteauto --help` costs beyond an empty Python."""

import sys
from pathlib import Path

from figures import measure, show

if __name__ == "__main__":
    siteauto = str(Path(sys.executable).with_name("siteauto"))
    floor = measure([sys.executable, "-c", "pass"])
    show("python -c pass", floor)
    show("siteauto --help", measure([siteauto, "--help"]), against="python -c pass", floor=floor)
    show("siteauto lab --help", measure([siteauto, "lab", "--help"]), against="python -c pass", floor=floor)
