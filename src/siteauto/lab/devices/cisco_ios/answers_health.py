"""What the box says of its processor, memory, temperature, power and log."""

from collections.abc import Callable

from siteauto.lab.devices.cisco_ios.answer import SWITCH, Answer, Arguments, has, interface, lines
from siteauto.lab.devices.cisco_ios.parameters import short_interface_name
from siteauto.lab.devices.cisco_ios.ports import is_connected
from siteauto.lab.devices.cisco_ios.printing import layout
from siteauto.lab.devices.cisco_ios.view import View
from siteauto.lab.state import PortState

CAPTURES = "recording ntc-templates/cisco_ios"
POE_BUDGET = {
    "C9300-24P": 445.0,
    "C9300-48P": 437.0,
    "C9300-48UXM": 490.0,
    "C9200L-24P-4X": 370.0,
    "C9200L-48P-4X": 740.0,
}
ACCESS_POINT_WATTS = 30.0
RULE = "--------- ------ ---------- ------- ------------------- ----- ----"


def static_text(name: str) -> Callable[[View, Arguments], str]:
    """The same words whatever the box: one with nothing to do in a cool room."""
    return lambda _view, _arguments: layout(name)


def temperature(_: View, __: Arguments) -> str:
    """`show environment temperature`."""
    return f"Switch 1: SYSTEM TEMPERATURE is OK\n{layout('temperature_status')}"


def power_supplies(view: View, _: Arguments) -> str:
    """`show environment power all`."""
    supply, watts = ("PWR-C1-715WAC-P", 715) if view.model.startswith("C9300") else ("PWR-C5-1KWAC", 1000)
    return "\n".join(
        (
            "SW  PID                 Serial#     Status           Sys Pwr  PoE Pwr  Watts",
            "--  ------------------  ----------  ---------------  -------  -------  -----",
            f"1A  {supply:<18}  ART{view.serial[3:]:<8} OK              Good     Good     {watts}",
            "1B  Not Present",
        )
    )


def power_inline(view: View, _: Arguments) -> str:
    """`show power inline`: what each port feeds. A device that speaks LLDP names itself."""
    fed = {
        one.port: one.device.model for one in view.world.neighbours(view.name) if "wlan-ap" in one.device.capabilities
    }
    ports = [port for port in view.state.ports if port.name in view.hardware.poe]
    drawn = sum(ACCESS_POINT_WATTS for port in ports if _feeds(view, port, fed))
    budget = POE_BUDGET[view.model]
    rows = [_power_row(view, port, fed) for port in ports]
    return "\n".join(
        (
            "Module   Available     Used     Remaining",
            "          (Watts)     (Watts)    (Watts) ",
            "------   ---------   --------   ---------",
            f"1          {budget:>6.1f}      {drawn:>5.1f}      {budget - drawn:>6.1f}",
            "Interface Admin  Oper       Power   Device              Class Max",
            "                            (Watts)                            ",
            RULE,
            *rows,
            RULE,
            f"Totals:          {sum(1 for port in ports if _feeds(view, port, fed)):<4} on    {drawn:<8}",
        )
    )


def _feeds(view: View, port: PortState, fed: dict[str, str]) -> bool:
    return port.poe and port.name in fed and is_connected(view, port)


def _power_row(view: View, port: PortState, fed: dict[str, str]) -> str:
    name, on = short_interface_name(port.name), _feeds(view, port, fed)
    admin = "off" if has(interface(view, port.name), "power inline never") else "auto"
    device = f"{fed[port.name]}-B" if on else "n/a"
    power, grade = (ACCESS_POINT_WATTS, "4") if on else (0.0, "n/a")
    return f"{name:<10}{admin:<7}{'on' if on else 'off':<11}{power:<8}{device:<20}{grade:<6}30.0 "


def logging(view: View, _: Arguments) -> str:
    """`show logging`: where it logs to. No message is kept here."""
    children = view.running.children
    hosts = [rest.split()[0] for rest, _ in lines(children, "logging host")]
    buffer = next((rest.split()[0] for rest, _ in lines(children, "logging buffered") if rest[:1].isdigit()), "4096")
    console = "disabled" if has(children, "no logging console") else "level debugging, 0 messages logged, xml disabled,"
    return layout("logging").format(
        console=console,
        buffer=buffer,
        hosts="".join(
            f"\n        Logging to {host}  (udp port 514, audit disabled,\n              link up)," for host in hosts
        ),
    )


ANSWERS = (
    Answer(
        commands=("show processes cpu",),
        text=static_text("processes_cpu"),
        source=f"{CAPTURES}/show_processes_cpu/cisco_ios_show_processes_cpu.raw",
    ),
    Answer(
        commands=("show memory statistics",),
        text=static_text("memory_statistics"),
        source="manual genieparser ShowMemoryStatistics golden output; no recording among the captures",
    ),
    Answer(
        commands=("show environment temperature",),
        text=temperature,
        source=f"{CAPTURES}/show_environment_temperature/cisco_ios_show_environment_temperature.raw",
        roles=SWITCH,
    ),
    Answer(
        commands=("show environment temperature status",),
        text=static_text("temperature_status"),
        source="recording napalm/ios/mocked_data/test_get_environment/ios_xe/show_env_temperature_status.txt",
        roles=SWITCH,
    ),
    Answer(
        commands=("show environment power all",),
        text=power_supplies,
        source=f"{CAPTURES}/show_environment_power_all/cisco_ios_show_environment_power_all.raw",
        roles=SWITCH,
    ),
    Answer(
        commands=("show power inline",),
        text=power_inline,
        source=f"{CAPTURES}/show_power_inline/cisco_ios_show_power_inline_whitespace.raw",
        roles=SWITCH,
    ),
    Answer(
        commands=("show logging",),
        text=logging,
        source=f"{CAPTURES}/show_logging/cisco_ios_show_logging_1.raw",
    ),
)
