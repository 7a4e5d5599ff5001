"""The conversations on SQLite: a turn is written whole or not at all. Synchronous.

Knows rows and JSON, nothing of Rasa. What is read for a turn does not grow with the conversation:
the slots are kept as they are now, and only the last turns are read back.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiguilleur.errors import StoreError

Event = dict[str, Any]

TAIL = 1
"""Turns read back: rules look at the last message, and a pause is counted from the one before."""

BUSY_MILLISECONDS = 2000

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, slots TEXT NOT NULL, turns INTEGER NOT NULL, last REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS turns (
    conversation TEXT NOT NULL, number INTEGER NOT NULL, message TEXT, at REAL NOT NULL,
    events TEXT NOT NULL, PRIMARY KEY (conversation, number)
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS turns_message ON turns (conversation, message)
    WHERE message IS NOT NULL;
CREATE TABLE IF NOT EXISTS buttons (
    conversation TEXT NOT NULL, payload TEXT NOT NULL, title TEXT NOT NULL,
    PRIMARY KEY (conversation, payload)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS closed (id TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS conversations_last ON conversations (last);
"""


@dataclass(frozen=True)
class Kept:
    """What a turn starts from: the slots now, the number of turns, the events of the last ones."""

    slots: dict[str, Any]
    turns: int
    tail: list[Event]


@dataclass(frozen=True)
class Opening:
    """What is known before a message is handled.

    ``closed``: the conversation was ended for good. ``answer``: events of the turn that already
    answered this message id. ``title``: title of the button whose payload was sent.
    """

    closed: bool = False
    answer: list[Event] | None = None
    title: str | None = None


@dataclass(frozen=True)
class NewTurn:
    """A turn to write. ``erase``: everything before it goes, in the same transaction."""

    number: int
    message: str | None
    at: float
    events: list[Event]
    slots: dict[str, Any]
    buttons: list[tuple[str, str]] = field(default_factory=list)
    erase: bool = False


class Busy(StoreError):
    """Somebody else is writing; the same call can be made again."""


class Database:
    """One connection to one file. Every failure raises StoreError and leaves nothing half-written.

    ``busy_milliseconds``: how long a call may wait for another writer before it raises Busy.
    """

    def __init__(self, path: Path, busy_milliseconds: int = BUSY_MILLISECONDS) -> None:
        self.path = path
        self._busy = busy_milliseconds
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None

    def open(self, conversation: str, message: str | None, payload: str | None) -> Opening:
        """What is known of a conversation and of this message before it is handled."""
        with self._reading() as run:
            if run.execute("SELECT 1 FROM closed WHERE id = ?", (conversation,)).fetchone():
                return Opening(closed=True)
            if message is not None:
                query = "SELECT events FROM turns WHERE conversation = ? AND message = ?"
                row = run.execute(query, (conversation, message)).fetchone()
                if row:
                    return Opening(answer=json.loads(row[0]))
            if payload is not None:
                query = "SELECT title FROM buttons WHERE conversation = ? AND payload = ?"
                row = run.execute(query, (conversation, payload)).fetchone()
                return Opening(title=row[0] if row else None)
            return Opening()

    def read(self, conversation: str, tail: int | None = TAIL) -> Kept | None:
        """The conversation as a turn needs it; ``tail`` None reads every turn."""
        with self._reading() as run:
            query = "SELECT slots, turns FROM conversations WHERE id = ?"
            row = run.execute(query, (conversation,)).fetchone()
            if row is None:
                return None
            rows = run.execute(
                "SELECT events FROM turns WHERE conversation = ? ORDER BY number DESC LIMIT ?",
                (conversation, -1 if tail is None else tail),
            ).fetchall()
            events = [event for (turn,) in reversed(rows) for event in json.loads(turn)]
            return Kept(json.loads(row[0]), row[1], events)

    def write(self, conversation: str, turn: NewTurn) -> None:
        """Write one turn; raises when another process wrote the same turn first."""
        with self._writing() as run:
            if turn.erase:
                _remove(run, conversation)
            run.execute(
                "INSERT INTO turns VALUES (?, ?, ?, ?, ?)",
                (conversation, turn.number, turn.message, turn.at, _json(turn.events)),
            )
            run.execute(
                "INSERT OR REPLACE INTO conversations VALUES (?, ?, ?, ?)",
                (conversation, _json(turn.slots), turn.number, turn.at),
            )
            run.executemany(
                "INSERT INTO buttons VALUES (?, ?, ?) ON CONFLICT (conversation, payload) "
                "DO UPDATE SET title = excluded.title WHERE title <> excluded.title",
                [(conversation, payload, title) for payload, title in turn.buttons],
            )
        if turn.erase:
            self._forget_log()

    def erase(self, conversation: str, closed_at: float | None = None) -> None:
        """Erase everything of a conversation; with ``closed_at`` it can never be opened again."""
        with self._writing() as run:
            _remove(run, conversation)
            if closed_at is not None:
                run.execute(
                    "INSERT OR REPLACE INTO closed VALUES (?, ?)", (conversation, closed_at)
                )
        self._forget_log()

    def purge(self, before: float, closed_before: float) -> int:
        """Erase the conversations silent since ``before``; how many there were."""
        with self._writing() as run:
            run.execute("DELETE FROM closed WHERE at < ?", (closed_before,))
            query = "SELECT id FROM conversations WHERE last < ?"
            old = [row[0] for row in run.execute(query, (before,)).fetchall()]
            for conversation in old:
                _remove(run, conversation)
        if old:
            self._forget_log()
        return len(old)

    def ping(self) -> None:
        """Raise StoreError when the conversations can be neither read nor written."""
        with self._writing() as run:
            run.execute("SELECT 1 FROM conversations LIMIT 1").fetchone()

    def close(self) -> None:
        """Close the file; the next call opens it again."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._opened()
        except (sqlite3.Error, OSError, ValueError) as error:
            raise self._unavailable(error) from None

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._opened()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise
        except (sqlite3.Error, OSError, ValueError) as error:
            raise self._unavailable(error) from None

    def _unavailable(self, error: Exception) -> StoreError:
        busy = isinstance(error, sqlite3.OperationalError) and "locked" in str(error)
        if not busy:
            self.close()
        return (Busy if busy else StoreError)(
            f"La base des conversations ne répond pas ({type(error).__name__}).",
            "Vérifiez que le disque n’est pas plein et que le fichier peut être lu et écrit.",
        )

    def _opened(self) -> sqlite3.Connection:
        """The connection; opened again when the file was moved or replaced under us."""
        if self._connection is not None:
            if self._identity() == self._file:
                return self._connection
            self.close()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(
            self.path,
            timeout=self._busy / 1000,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=64,
        )
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")
            connection.executescript(_SCHEMA)
        except BaseException:
            connection.close()
            raise
        self._connection, self._file = connection, self._identity()
        return connection

    def _identity(self) -> tuple[int, int] | None:
        try:
            status = os.stat(self.path)
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def _forget_log(self) -> None:
        """Leave nothing of what was erased in the write-ahead log; another reader may delay it."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _remove(run: sqlite3.Connection, conversation: str) -> None:
    run.execute("DELETE FROM conversations WHERE id = ?", (conversation,))
    run.execute("DELETE FROM turns WHERE conversation = ?", (conversation,))
    run.execute("DELETE FROM buttons WHERE conversation = ?", (conversation,))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
