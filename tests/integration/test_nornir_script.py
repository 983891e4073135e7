"""The script in the README, as it stands there, against the lab."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from siteauto.app.labs import start_lab, stop_lab
from siteauto.app.settings import read_settings

ROOT = Path(__file__).parents[2]
SITE = "us-nyc-mad01"


@pytest.fixture
def environment(tmp_path):
    environment = {**os.environ, "SITEAUTO_STATE": str(tmp_path / "state"), "HOME": str(tmp_path)}
    settings = read_settings(environment, start=ROOT, root=ROOT)
    start_lab(settings, SITE)
    yield environment
    stop_lab(settings, SITE)


def run_script(environment):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (script,) = re.findall(r"<!-- script: nornir -->\s*```python\n(.*?)```", text, re.DOTALL)
    assert len([line for line in script.splitlines() if line.strip()]) <= 15
    path = os.pathsep.join((str(ROOT / "src"), environment.get("PYTHONPATH", "")))
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**environment, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_the_script_renders_backs_up_and_pushes(environment, tmp_path):
    first = run_script(environment)
    assert first.splitlines() == [
        f"{SITE}-sw2 render_config ok changed=False",
        f"{SITE}-sw2 backup_config ok changed=False",
        f"{SITE}-sw2 push_config ok changed=True",
    ], first
    assert list(tmp_path.rglob(f"{SITE}-sw2.cfg"))
    second = run_script(environment)
    assert f"{SITE}-sw2 push_config ok changed=False" in second, second
