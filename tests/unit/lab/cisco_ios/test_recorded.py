"""What real boxes printed, typed into ours: it takes every line of its own kind of hardware."""

import re

import pytest
import yaml
from tests.captures import read_capture

from siteauto.lab.devices.cisco_ios.file_typing import type_file

RECORDINGS = {
    "desk": "oxidized/ios#C9200L-24P-4G_17.09.04a#simulation.yaml",
    "controller": "oxidized/ios#C9800-L-F-K9_17.06.05#simulation.yaml",
}
# Those who published the recordings took the secrets out; one has ports that our model has not.
ALTERED = re.compile(r".*(SECRET|AAAAAAAAAA).*|interface GigabitEthernet1/1/\d|.*\\x20.*")


@pytest.mark.parametrize("box", RECORDINGS)
def test_a_recorded_running_configuration_is_taken(box, request):
    desk = request.getfixturevalue(box)
    recording = yaml.safe_load(read_capture(RECORDINGS[box]))
    text = recording["commands"]["show running-config\n"].split("show running-config\n", 1)[1]
    text = text.replace("\\x20", " ").replace('\\"', '"')
    typist = desk.box.typist(desk.box.bare_tree())
    typed = type_file(typist, text)
    assert [line for line in typed.refused if not ALTERED.fullmatch(line)] == []
    assert "VLAN" not in typed.printed


@pytest.mark.parametrize("case", ["dir", "dir_no_files"])
def test_dir_has_the_columns_of_a_recorded_one(desk, case):
    recorded = read_capture(f"ntc-templates/cisco_ios/dir/cisco_ios_{case}.raw")
    assert "No files in directory" in desk.type("dir")
    desk.put("x.txt", "hello")
    row = re.compile(r" *\d+  [d-]rw[-x]  +\d+ +\w{3} +\d+ \d{4} \d\d:\d\d:\d\d [+-]\d\d:\d\d  \S+")
    total = re.compile(r"\d+ bytes total \(\d+ bytes free\)")
    for text in (recorded, desk.type("dir")):
        lines = [line for line in text.splitlines() if line.strip()]
        assert lines[0].startswith("Directory of ")
        assert total.fullmatch(lines[-1])
        assert all(row.fullmatch(line) or "No files" in line or "-rw  -" in line for line in lines[1:-1])


def test_show_archive_looks_like_a_recorded_one(desk):
    recorded = read_capture("ntc-templates/cisco_ios/show_archive/cisco_ios_show_archive_filelist.raw")
    desk.type("configure terminal revert timer 1", "end")
    ours = desk.type("show archive")
    for pattern in (
        r"The maximum archive configurations allowed is \d+\.",
        r"There are currently \d+ archive configurations saved\.",
        r"The next archive file will be named flash:\S+-\w{3}-\d\d-\d\d-\d\d-\d\d\.\d{3}-\w+-\d+",
        r" Archive #  Name",
        r"   1        flash:\S+( <- Most Recent)?",
    ):
        assert re.search(f"^{pattern}$", recorded, re.MULTILINE), pattern
        assert re.search(f"^{pattern}$", ours, re.MULTILINE), pattern
