"""Commands of `uci`, and lines of nftables scripts, one by one."""

import pytest

from siteauto.core.config import ConfigSession, apply, normalise, to_text
from siteauto.platforms.nftables import CONFIG as NFT
from siteauto.platforms.openwrt import CONFIG as UCI

START = """\
package firewall

config zone
\toption name 'lan'
\tlist network 'lan'

config rule
\toption name 'a'

config rule 'kept'
\toption name 'b'

config rule
\toption name 'c'

package luci

"""


def typed(*lines: str) -> str:
    return to_text(apply(normalise(UCI, START), lines))


def test_the_text_comes_back():
    assert typed() == START
    assert typed("commit firewall", "uci show", "") == START


def test_values_come_and_go_between_other_commands():
    text = typed(
        "add_list firewall.@zone[0].network='iot'",
        "add_list firewall.@zone[0].network='iot'",
        "del_list firewall.@zone[0].network='lan'",
        "add_list firewall.kept.proto='udp'",
        "set firewall.kept.name='c'",
        "delete firewall.kept.proto",
        "add firewall zone",
        "add_list firewall.@zone[-1].network='new'",
        "add_list firewall.@zone[0].network='lan'",
        "reorder firewall.@zone[1]=0",
        "add_list firewall.@zone[0].network='more'",
    )
    assert text.startswith("package firewall\n\nconfig zone\n\tlist network 'new'\n\tlist network 'more'\n")
    assert "list network 'iot'\n\tlist network 'iot'\n\tlist network 'lan'\n" in text
    assert "proto" not in text


def test_sections_are_found_by_name_and_by_number():
    text = typed(
        "uci set firewall.@rule[0].target='DROP'", "set firewall.kept.target=ACCEPT", "set firewall.@rule[-1].src='wan'"
    )
    assert "option name 'a'\n\toption target 'DROP'" in text
    assert "option name 'b'\n\toption target 'ACCEPT'" in text
    assert "option name 'c'\n\toption src 'wan'" in text
    assert (
        typed("set firewall.@rule[3].target='x'", "set firewall.nobody.target='x'", "delete firewall.nobody") == START
    )


def test_lists_and_options():
    assert "list network 'lan'\n\tlist network 'iot'" in typed("add_list firewall.@zone[0].network='iot'")
    assert "network" not in typed("del_list firewall.@zone[0].network='lan'")
    assert "network" not in typed("delete firewall.@zone[0].network")
    assert "network" not in typed("set firewall.@zone[0].network=''")


def test_sections_come_go_and_change():
    text = typed("add firewall rule", "add firewall rule", "set firewall.@rule[-1].name='d'", "add firewall rule")
    assert text.count("config rule\n") == 5
    assert "kept" not in typed("delete firewall.kept")
    assert "config zone 'kept'" in typed("set firewall.kept=zone")
    assert "config rule 'new'\n\toption name 'b'" in typed("rename firewall.kept=new")
    assert "config rule 'first'\n\toption name 'a'" in typed("rename firewall.@rule[0]=first")
    assert typed("rename firewall.nobody=x", "rename firewall.kept=") == START
    assert typed("delete luci") == START.removesuffix("package luci\n\n")


@pytest.mark.parametrize(("place", "names"), [("0", "clanab"), ("1", "lancab"), ("3", "lanabc"), ("x", "lanabc")])
def test_reorder(place: str, names: str):
    text = typed(f"reorder firewall.@rule[2]={place}")
    found = [line.split("'")[1] for line in text.splitlines() if "option name" in line]
    expected = {"clanab": ["c", "lan", "a", "b"], "lancab": ["lan", "c", "a", "b"], "lanabc": ["lan", "a", "b", "c"]}
    assert found == expected[names]


def test_a_value_of_several_lines():
    session = ConfigSession(tree=normalise(UCI, START)).type("uci set firewall.kept.note='one")
    assert session.in_text
    session = session.type("two'")
    assert not session.in_text
    assert "option note 'one\ntwo'" in to_text(session.tree)


TABLE = "table inet t {\n\tchain c {\n\t\taccept\n\t}\n}\n"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("flush ruleset",), "\n"),
        (("delete table inet t",), "\n"),
        (("destroy table inet t", "add table ip x"), "table ip x {\n}\n"),
        (("add table inet t", "create table t"), TABLE + "table ip t {\n}\n"),
        (("delete table ip t", "flush table ip t"), TABLE),
    ],
)
def test_lines_of_a_script(lines: tuple[str, ...], text: str):
    assert to_text(apply(normalise(NFT, TABLE), lines)).strip() == text.strip()


def test_a_set_may_go_on_in_the_next_line():
    session = ConfigSession(tree=normalise(NFT, ""))
    for line in ("table inet t {", "set s {", "elements = { 3,"):
        session = session.type(line)
    assert session.in_text
    assert session.mode == "table/set"
    session = session.type("1, 2 }").type("}").type("}")
    assert "elements = { 1, 2, 3 }" in to_text(session.tree)
