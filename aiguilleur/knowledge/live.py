"""The knowledge in service: reloaded when a file changes, never replaced by a broken one.

The only place that watches the files. A turn asks once for :meth:`KnowledgeBase.current` and keeps
that snapshot to its end.
"""

from __future__ import annotations

import logging
import os
import time
from functools import cache
from pathlib import Path

from aiguilleur.errors import KnowledgeError
from aiguilleur.knowledge.check import check
from aiguilleur.knowledge.load import load, stamp
from aiguilleur.knowledge.model import Knowledge

logger = logging.getLogger(__name__)

LOOK_EVERY = 1.0
"""Seconds between two looks at the files: looking costs a ``stat`` of each."""

SETTLED = 0.2
"""Seconds without a change before a file is believed to be saved whole."""


class KnowledgeBase:
    """``knowledge/`` as one snapshot at a time. The first load raises; a later one keeps the last good."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._stamp = stamp(root)
        self._knowledge = _checked(root)
        self._seen = self._stamp
        self._seen_at = 0.0
        self._looked_at = time.monotonic()
        self.error: KnowledgeError | None = None

    def current(self) -> Knowledge:
        """The knowledge to answer with now; takes up a saved change once it has settled."""
        now = time.monotonic()
        if now - self._looked_at >= LOOK_EVERY or self._seen != self._stamp:
            self._looked_at = now
            self._look(now)
        return self._knowledge

    def _look(self, now: float) -> None:
        try:
            stamp_now = stamp(self.root)
        except OSError:
            return
        if stamp_now != self._seen:
            self._seen, self._seen_at = stamp_now, now
            return
        if stamp_now == self._stamp or now - self._seen_at < SETTLED:
            return
        self._stamp = stamp_now
        try:
            self._knowledge = _checked(self.root)
            self.error = None
            logger.info("Connaissances reprises (version %s).", self._knowledge.version)
        except KnowledgeError as error:
            self.error = error
            logger.error("Connaissances refusées, les précédentes restent en service. %s", error)


def _checked(root: Path) -> Knowledge:
    knowledge = load(root)
    findings = check(knowledge)
    if findings:
        raise KnowledgeError("\n".join(str(finding) for finding in findings))
    return knowledge


def root() -> Path:
    """The folder of the knowledge: ``AIGUILLEUR_KNOWLEDGE``, else ``knowledge/`` of the project."""
    named = os.environ.get("AIGUILLEUR_KNOWLEDGE")
    return Path(named) if named else Path(__file__).resolve().parents[2] / "knowledge"


@cache
def base() -> KnowledgeBase:
    """The one knowledge base of this process. Raises KnowledgeError on its first load."""
    return KnowledgeBase(root())
