"""The terminal line: echo, editing, pager."""

from dataclasses import dataclass, field

import pytest

from siteauto.lab.output import joined
from siteauto.lab.shell import Reply
from siteauto.lab.terminal import Terminal


@dataclass
class Parrot:
    """A shell that says what it was told."""

    page_length: int = 0
    pager: str = "--More--"
    heard: list[str] = field(default_factory=list)
    next_reply: Reply | None = None

    def greeting(self):
        return Reply(text="hello\n", prompt="box#")

    def receive(self, line):
        self.heard.append(line)
        return self.next_reply or Reply(text=f"<{line}>", prompt="box#")

    def help(self, partial):
        return f"  help for {partial}" if partial != "literal " else None


def screen(terminal, data):
    return b"".join(output.data for output in terminal.feed(data)).decode()


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\r\0"])
def test_every_kind_of_line_end_ends_one_line(end):
    shell = Parrot()
    assert screen(Terminal(shell), b"show" + end) == "show\r\n<show>\r\nbox#"
    assert shell.heard == ["show"]


def test_a_line_end_split_over_two_packets_is_one():
    shell = Parrot()
    terminal = Terminal(shell)
    screen(terminal, b"a\r")
    screen(terminal, b"\nb\r")
    assert shell.heard == ["a", "b"]


def test_nul_is_nothing():
    assert screen(Terminal(Parrot()), b"\0") == ""


def test_backspace_and_ctrl_u_edit_the_line():
    shell = Parrot()
    screen(Terminal(shell), b"wrong\x15shoq\x7fw\r")
    assert shell.heard == ["show"]


def test_ctrl_z_ends_the_line_and_ctrl_c_throws_it_away():
    shell = Parrot()
    terminal = Terminal(shell)
    screen(terminal, b"vlan 5\x1a")
    screen(terminal, b"junk\x03")
    assert shell.heard == ["vlan 5\x1a", "\x03"]


def test_a_question_mark_asks_for_help_and_keeps_what_was_typed():
    shell = Parrot()
    terminal = Terminal(shell)
    list(terminal.open())
    assert screen(terminal, b"show ?") == "show ?\r\n  help for show \r\nbox#show "
    screen(terminal, b"x\r")
    assert shell.heard == ["show x"]


def test_a_question_mark_is_a_character_where_the_shell_has_no_help():
    shell = Parrot()
    screen(Terminal(shell), b"literal ?\r")
    assert shell.heard == ["literal ?"]


def test_a_password_is_not_echoed():
    shell = Parrot(next_reply=Reply(text="", prompt="Password: ", echo=False))
    terminal = Terminal(shell)
    screen(terminal, b"enable\r")
    assert screen(terminal, b"secret") == ""


def test_the_pager_stops_a_long_answer():
    shell = Parrot(page_length=4, next_reply=Reply(text="1\n2\n3\n4\n5\n", prompt="box#"))
    terminal = Terminal(shell)
    assert screen(terminal, b"x\r").endswith("1\r\n2\r\n3\r\n--More--")
    assert screen(terminal, b"\r").endswith("4\r\n--More--")
    assert screen(terminal, b" ").endswith("5\r\nbox#")
    assert shell.heard == ["x"], "keys at the pager are no lines"


def test_q_at_the_pager_gives_the_prompt():
    shell = Parrot(page_length=2, next_reply=Reply(text="1\n2\n3\n", prompt="box#"))
    terminal = Terminal(shell)
    screen(terminal, b"x\r")
    assert screen(terminal, b"q").endswith("box#")


def test_a_cut_answer_ends_the_session_after_that_many_characters():
    shell = Parrot(next_reply=Reply(text="abcdef", prompt="box#", cut=3))
    outputs = list(Terminal(shell).feed(b"x\r"))
    assert outputs[-1].data == b"abc"
    assert outputs[-1].close


def test_an_echo_goes_out_in_one_packet_before_the_answer():
    shell = Parrot(next_reply=Reply(text="told\n", prompt="box#", delay=1.0))
    packets = [(one.data, one.delay) for one in joined(Terminal(shell).feed(b"show\rsh"))]
    assert packets == [(b"show\r\n", 0.0), (b"told\r\nbox#", 1.0), (b"sh", 0.0)]
