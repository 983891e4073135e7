"""What one session said is asked once, and read by everybody who wants it."""

from types import SimpleNamespace

from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.core.config import SecretBook
from siteauto.core.models import PlatformName
from siteauto.core.platform_spec import Probe, TextFsm
from siteauto.core.readings import InterfaceReading, PingReading
from siteauto.platforms import load_platforms
from siteauto.workflows.verify_device import Answers

TEMPLATE = "Value PORT (\\S+)\n\nStart\n  ^port ${PORT} -> Record\n"


class Session:
    def __init__(self):
        self.asked = []

    def run(self, command, answers=()):
        self.asked.append(command)
        return "port 1\n"


def probe(read):
    return Probe(command="show ports", parser=TextFsm(template=TEMPLATE), read=read)


def test_two_probes_may_read_one_answer():
    session = Session()
    target = SimpleNamespace(platform=load_platforms()[PlatformName("cisco_ios")])
    answers = Answers(
        session=session, target=target, parser=TextFsmParser(), book=SecretBook(values={}, key=b"k"), intended=None
    )
    ports = probe(lambda rows: tuple(InterfaceReading(name=row["port"], admin_up=True, link_up=True) for row in rows))
    pings = probe(lambda rows: tuple(PingReading(sent=1, received=1) for _ in rows))
    assert answers.probe(ports, "show ports") == (InterfaceReading(name="1", admin_up=True, link_up=True),)
    assert answers.probe(pings, "show ports") == (PingReading(sent=1, received=1),)
    assert session.asked == ["show ports"]
