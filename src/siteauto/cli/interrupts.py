"""Ctrl-C that is never lost, wherever in Python it arrives: it undoes a change."""

import signal
import sys
import threading

AGAIN = 0.05  # seconds


def listen() -> None:
    """Take a lost terminal and a polite end for Ctrl-C, and hear again what Python swallows.

    What is raised in the callback of a weak reference, or while an object is destroyed, is printed and forgotten. A
    Ctrl-C that came just then would be too, and the change committed.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    usual = sys.unraisablehook

    def forgotten(what: "sys.UnraisableHookArgs") -> None:
        if what.exc_type is KeyboardInterrupt:
            _once_more()
        else:
            usual(what)

    sys.unraisablehook = forgotten


def _once_more() -> None:
    # By another thread and a little later: here it would be swallowed again. SIGINT itself may be ignored, as in a job.
    main = threading.main_thread().ident or 0
    timer = threading.Timer(AGAIN, signal.pthread_kill, (main, signal.SIGTERM))
    timer.daemon = True
    timer.start()
