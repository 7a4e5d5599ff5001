"""Two pictures of a measure: which intents are taken for which, and the error against the coverage.

Needs matplotlib, which comes with Rasa; imported when a picture is drawn.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiguilleur.evaluate.measures import Measures


def confusion(measures: Measures, path: Path) -> None:
    """Expected intents by row, likeliest ones by column, shares of the row; the right ones left out."""
    import numpy as np

    plt = _pyplot()
    names = sorted({o.row.intent for o in measures.outcomes} | {o.first for o in measures.outcomes})
    place = {name: index for index, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)))
    for outcome in measures.outcomes:
        first = outcome.row.intent if outcome.first in outcome.accepted else outcome.first
        counts[place[outcome.row.intent], place[first]] += 1
    shares = counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    figure, axes = plt.subplots(figsize=(12, 11))
    axes.imshow(np.where(np.eye(len(names)) > 0, np.nan, shares), cmap="Reds", vmin=0, vmax=0.15)
    axes.set_xticks(range(len(names)), names, rotation=90)
    axes.set_yticks(range(len(names)), names)
    for row, column in zip(*np.nonzero(counts), strict=True):
        colour = "grey" if row == column else "black"
        number = f"{counts[row, column]:.0f}"
        axes.text(column, row, number, ha="center", va="center", fontsize=7, color=colour)
    axes.set_xlabel("premier choix")
    axes.set_ylabel("attendu")
    axes.set_title(f"{measures.rows} messages ; premier choix juste {measures.first_right:.1%}")
    figure.tight_layout()
    figure.savefig(path, dpi=90)
    plt.close(figure)


def coverage(measures: Measures, path: Path) -> None:
    """Share of wrong answers among those given, when only the surest share of messages is answered."""
    plt = _pyplot()
    curve = measures.coverage()
    figure, axes = plt.subplots(figsize=(7, 5))
    axes.plot([100 * share for share, _ in curve], [100 * error for _, error in curve])
    answered = [o for o in measures.outcomes if o.answered is not None]
    share = len(answered) / max(1, measures.rows)
    wrong = sum(o.wrong for o in answered) / max(1, len(answered))
    axes.plot([100 * share], [100 * wrong], "o", color="tab:red")
    axes.annotate(
        "réglage en service", (100 * share, 100 * wrong), (-110, 12), textcoords="offset points"
    )
    axes.set_xlabel("messages auxquels il est répondu (%)")
    axes.set_ylabel("réponses fausses parmi eux (%)")
    axes.set_xlim(0, 100)
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, dpi=90)
    plt.close(figure)


def _pyplot() -> Any:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    return plt
