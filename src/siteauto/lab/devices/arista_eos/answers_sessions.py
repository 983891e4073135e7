"""What the box says of configuration sessions, in the words of EOS 4.32 and newer."""

from siteauto.lab.devices.arista_eos.answer import Answer, Arguments, Data
from siteauto.lab.devices.arista_eos.sessions import MOST_COMPLETED, MOST_PENDING, ConfigSession
from siteauto.lab.devices.arista_eos.view import View


def sessions(view: View, arguments: Arguments) -> str:
    """`show configuration sessions`."""
    return _table(view, arguments, detail=False)


def sessions_detail(view: View, arguments: Arguments) -> str:
    """`show configuration sessions detail`."""
    return _table(view, arguments, detail=True)


def _table(view: View, _: Arguments, *, detail: bool) -> str:
    width = max([len("Name"), *(len(one.name) for one in view.sessions)])
    head = f"  {'Name':<{width}} State         User                 Terminal    "
    rule = f"- {'-' * width} ------------- -------------------- ----------- "
    if detail:
        head, rule = f"{head}Completed Time      Committed By", f"{rule}------------------- --------------------"
    rows = [_row(one, width, detail=detail) for one in view.sessions]
    return "\n".join((*_limits(view), head.rstrip(), rule.rstrip(), *rows, ""))


def _limits(view: View) -> tuple[str, ...]:
    limits = (
        f"Maximum number of completed sessions: {MOST_COMPLETED}",
        f"Maximum number of pending sessions: {MOST_PENDING}",
        "Merge on commit is disabled",
        "Autosave to startup-config on commit is disabled",
        "",
    )
    if view.timer is None:
        return limits
    left = int((view.timer.due - view.now).total_seconds())
    clock = f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}"
    return (
        *limits,
        f"Session with pending commit timer: {view.timer.session}",
        f"Time left until commit timer expiry: in {clock}",
        "",
    )


def _row(one: ConfigSession, width: int, *, detail: bool) -> str:
    pending = one.state == "pending"
    user, terminal = (one.user, one.terminal) if pending and one.entered else ("", "")
    row = f"{'*' if one.entered else ' '} {one.name:<{width}} {one.state:<13} {user:<20} {terminal:<11} "
    if detail and one.completed is not None:
        row += f"{one.completed:%Y-%m-%d %H:%M:%S} {one.user}"
    return row.rstrip()


def sessions_data(view: View, _: Arguments) -> Data:
    """`show configuration sessions | json`."""
    return {
        "sessions": {one.name: _data(one) for one in view.sessions},
        "maxSavedSessions": MOST_COMPLETED,
        "maxOpenSessions": MOST_PENDING,
        "mergeOnCommit": False,
        "saveToStartupConfigOnCommit": False,
    }


def sessions_detail_data(view: View, arguments: Arguments) -> Data:
    """`show configuration sessions detail | json`: the timer stands beside the sessions, by the box's uptime."""
    data = sessions_data(view, arguments)
    if view.timer is not None:
        left = (view.timer.due - view.now).total_seconds()
        data |= {"commitTimerSessionName": view.timer.session, "commitTimerExpireTime": view.uptime + left}
    return data


def _data(one: ConfigSession) -> Data:
    data: Data = {
        "state": one.state,
        "commitUser": one.user if one.completed else "",
        "description": "",
        "instances": {},
    }
    return data | ({"completedTime": one.completed.timestamp()} if one.completed is not None else {})


ANSWERS = (
    Answer(
        commands=("show configuration sessions",),
        text=sessions,
        data=sessions_data,
        source="manual github.com/napalm-automation/napalm/issues/2166 (the data); published output of 4.2x (the text)",
    ),
    Answer(
        commands=("show configuration sessions detail",),
        text=sessions_detail,
        data=sessions_detail_data,
        source="manual github.com/napalm-automation/napalm/issues/2166 (the data); its text is a guess",
    ),
)
