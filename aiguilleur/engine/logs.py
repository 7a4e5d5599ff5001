"""Logs without anything a person wrote, whatever Rasa or the web server would print.

A record of ours is printed as it is. A record of somebody else says only where it comes from and
which exception: its message may hold a text, a slot or a whole tracker.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import MutableMapping
from typing import Any

import structlog

OURS = ("aiguilleur", "actions")
FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


class WithoutText(logging.Formatter):
    """One line a record; nothing of the message of a record that is not ours."""

    def format(self, record: logging.LogRecord) -> str:
        """The line to print."""
        ours = record.name.partition(".")[0] in OURS
        error = record.exc_info[0] if record.exc_info else None
        what = record.getMessage() if ours else f"{record.filename}:{record.lineno}"
        shown = logging.makeLogRecord(
            {**record.__dict__, "msg": what, "args": (), "exc_info": None}
        )
        shown.exc_text = shown.stack_info = None
        line = super().format(shown)
        return f"{line} ({error.__name__})" if error else line


def configure(level: int = logging.INFO) -> None:
    """Send our logs to standard error; of the others, only warnings, without their message."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WithoutText(FORMAT))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    logging.getLogger("sanic.error").setLevel(logging.CRITICAL)  # the application tells its own
    quiet()


def quiet() -> None:
    """Silence what Rasa and TensorFlow print of themselves: telemetry, debug events, warnings.

    Rasa's own set-up is not called: it prints to standard output and sends errors to a collector.
    """
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    structlog.configure(
        processors=[_event_only],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    warnings.showwarning = _unseen  # a filter would not last: libraries add theirs when imported


def _unseen(*args: Any, **kwargs: Any) -> None:
    """Show no warning: Rasa's hold the person's text, the others are for library writers."""


def _event_only(logger: Any, method: str, event: MutableMapping[str, Any]) -> str:
    """The name of a structured event, without the values it carries."""
    return str(event.get("event"))
