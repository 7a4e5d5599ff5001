"""How well messages are understood: right, helped, wrong, missed, by intent and by confusion.

Pure measures of what an understanding answers; knows neither how it understands nor Rasa.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from aiguilleur.understanding import ANSWER, CLARIFY

OUT_OF_SCOPE = "out_of_scope"


class Model(Protocol):
    def understand(self, text: str) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Row:
    """A message and the intents that are accepted, the expected one first."""

    text: str
    intent: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What was decided for a row. ``answered``: the intent answered, None for clarify and fallback;
    ``first``: the likeliest one, ``confidence``: its chance of being right."""

    row: Row
    kind: str
    answered: str | None
    options: tuple[str, ...]
    first: str
    confidence: float = 0.0

    @property
    def foreign(self) -> bool:
        return self.row.intent == OUT_OF_SCOPE

    @property
    def accepted(self) -> tuple[str, ...]:
        return (self.row.intent, *self.row.also)

    @property
    def right(self) -> bool:
        """Answered with an accepted intent; out of scope: not answered as if it were ours."""
        if self.foreign:
            return self.answered is None or self.answered in self.accepted
        return self.answered in self.accepted

    @property
    def wrong(self) -> bool:
        return self.answered is not None and not self.right

    @property
    def clarified(self) -> bool:
        return self.kind == CLARIFY

    @property
    def helped(self) -> bool:
        """Right, or asked which with an accepted intent among the options."""
        return self.right or (self.clarified and bool(set(self.accepted) & set(self.options)))

    @property
    def missed(self) -> bool:
        return not self.foreign and self.kind not in (ANSWER, CLARIFY)


@dataclass(frozen=True)
class Measures:
    """Shares of the rows; ``clarified`` and ``missed`` of those in scope, ``foreign_answered`` of
    those out of scope."""

    outcomes: tuple[Outcome, ...]
    milliseconds: float

    @property
    def rows(self) -> int:
        return len(self.outcomes)

    @property
    def right(self) -> float:
        return _share(self.outcomes, lambda o: o.right)

    @property
    def helped(self) -> float:
        return _share(self.outcomes, lambda o: o.helped)

    @property
    def wrong(self) -> float:
        return _share(self.outcomes, lambda o: o.wrong)

    @property
    def clarified(self) -> float:
        return _share([o for o in self.outcomes if not o.foreign], lambda o: o.clarified)

    @property
    def missed(self) -> float:
        return _share([o for o in self.outcomes if not o.foreign], lambda o: o.missed)

    @property
    def foreign_answered(self) -> float:
        return _share([o for o in self.outcomes if o.foreign], lambda o: not o.right)

    @property
    def first_right(self) -> float:
        """Share of the rows whose most likely intent is accepted, whatever was decided."""
        return _share(self.outcomes, lambda o: o.first in o.accepted)

    def coverage(self) -> list[tuple[float, float]]:
        """Shares answered, surest first, and the share of wrong first choices among them."""
        surest = sorted(self.outcomes, key=lambda o: -o.confidence)
        curve, wrong = [], 0
        for number, outcome in enumerate(surest, 1):
            wrong += outcome.first not in outcome.accepted
            curve.append((number / len(surest), wrong / number))
        return curve

    def confusions(self) -> Counter[tuple[str, str]]:
        """Expected and answered intents of the wrong answers."""
        return Counter((o.row.intent, o.answered or "") for o in self.outcomes if o.wrong)


def measure(rows: Iterable[Row], understand: Callable[[str], Mapping[str, Any]]) -> Measures:
    """What ``understand`` decides for each row."""
    outcomes = []
    spent = []
    for row in rows:
        started = time.perf_counter()
        known = understand(row.text)
        spent.append(time.perf_counter() - started)
        ranking = known.get("ranking") or [{"intent": ""}]
        kind = known["decision"]
        outcomes.append(
            Outcome(
                row,
                kind,
                known["intent"] if kind == ANSWER else None,
                tuple(known["options"]),
                known["intent"] if kind == ANSWER else ranking[0]["intent"],
                float(known.get("confidence", 0.0)),
            )
        )
    middle = sorted(spent)[len(spent) // 2] * 1e3 if spent else 0.0
    return Measures(tuple(outcomes), middle)


def evaluate(path: Path | str, model: Model) -> Measures:
    """The measures of ``model`` on a file: JSON lines {text, intent, also}, Rasa YAML, or a folder."""
    return measure(read_rows(Path(path)), model.understand)


def read_rows(path: Path) -> list[Row]:
    """The rows of a file (or of all the YAML files of a folder)."""
    if path.is_dir():
        return [row for file in sorted(path.glob("*.yml")) for row in read_rows(file)]
    if path.suffix in (".yml", ".yaml"):
        from aiguilleur.nlu.understander import read_examples

        return [Row(e.text, e.intent) for e in read_examples([path])]
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            data = json.loads(line)
            rows.append(Row(data["text"], data["intent"], tuple(data.get("also", ()))))
    return rows


def report(measures: Measures, errors: bool = False) -> str:
    """The measures as text: totals, one line per intent, the costliest confusions."""
    lines = [
        f"{measures.rows} messages, {measures.milliseconds:.2f} ms en médiane",
        f"juste {measures.right:.1%}   aidé {measures.helped:.1%}   faux {measures.wrong:.1%}"
        f"   précision demandée {measures.clarified:.1%}   pas compris {measures.missed:.1%}",
        f"hors sujet traité comme un sujet {measures.foreign_answered:.1%}"
        f"   premier choix juste {measures.first_right:.1%}",
        "",
        f"{'intention':28}{'n':>4}{'juste':>8}{'aidé':>8}{'faux':>8}",
    ]
    for intent in sorted({o.row.intent for o in measures.outcomes}):
        own = [o for o in measures.outcomes if o.row.intent == intent]
        lines.append(
            f"{intent:28}{len(own):>4}{_share(own, lambda o: o.right):>8.0%}"
            f"{_share(own, lambda o: o.helped):>8.0%}{_share(own, lambda o: o.wrong):>8.0%}"
        )
    lines += ["", "confusions (attendu → répondu)"]
    lines += [
        f"{count:4}  {expected} → {answered}"
        for (expected, answered), count in measures.confusions().most_common(12)
    ]
    if errors:
        lines += ["", "erreurs"]
        lines += [
            f"{o.kind:8} {o.row.intent} → {o.answered or list(o.options)} : {o.row.text}"
            for o in measures.outcomes
            if not o.right
        ]
    return "\n".join(lines)


def _share(outcomes: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> float:
    return sum(map(holds, outcomes)) / len(outcomes) if outcomes else 0.0


def measure_acts(
    replies: Iterable[tuple[str, str]], understand: Callable[[str], Mapping[str, Any]]
) -> list[tuple[str, str, float]]:
    """For each (text, act) of the middle of a conversation: the act, the likeliest one, its chance."""
    told = []
    for text, act in replies:
        acts = understand(text)["acts"]
        first = max(acts, key=acts.__getitem__, default="")
        told.append((act, first, acts.get(first, 0.0)))
    return told


def report_acts(told: Sequence[tuple[str, str, float]], sure: float = 0.7) -> str:
    """How many acts are read right: all of them, the sure ones, and act by act."""
    right = [act == first for act, first, _ in told]
    certain = [act == first for act, first, chance in told if chance >= sure]
    lines = [
        f"{len(told)} répliques\u00a0: acte juste {sum(right) / max(1, len(right)):.1%}",
        f"sûres à {sure:.0%}\u00a0: {len(certain) / max(1, len(told)):.1%} des répliques, "
        f"justes à {sum(certain) / max(1, len(certain)):.1%}",
        "",
    ]
    for name in sorted({act for act, _, _ in told}):
        own = [act == first for act, first, _ in told if act == name]
        lines.append(f"{name:20}{len(own):>4}{sum(own) / len(own):>8.0%}")
    return "\n".join(lines)
