"""The written request, ready to copy: filled in from the conversation, blanks for the rest. Pure.

It never holds a secret: texts are masked before they reach the conversation.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiguilleur.knowledge.model import Knowledge

BLANK = "…"
SPACE = "\u00a0"


@dataclass(frozen=True)
class Request:
    """Subject and message of a written request."""

    subject: str
    message: str


def write(
    knowledge: Knowledge,
    *,
    problem: str | None,
    for_other: bool = False,
    second_resort: bool = False,
    desk_of: str = "",
    place: str | None = None,
    error: str | None = None,
    waiting: str | None = None,
    deadline: str | None = None,
    tried: tuple[str, ...] = (),
) -> Request:
    """The request for ``problem``, in the name of the person or of somebody else."""
    text = knowledge.requests.get(problem or "default") or knowledge.requests["default"]
    subject = (text.subject_other if for_other else None) or text.subject
    opening = (text.opening_other if for_other else None) or text.opening
    if second_resort:
        subject += f" (second recours après la DSDEN {desk_of})" if desk_of else " (second recours)"
    lines = [f"Bonjour, {opening}"]
    if second_resort:
        since = f" depuis {waiting}" if waiting else ""
        lines.append(
            f"Ma demande à la DSDEN {desk_of} du {BLANK} (n° {BLANK}) est sans réponse{since}."
        )
    if deadline:
        lines.append(f"Échéance{SPACE}: {deadline}.")
    lines.append(f"Nom et fonction{SPACE}: {BLANK}")
    lines.append(f"Identifiant{SPACE}: {BLANK}")
    lines.append(f"Établissement{SPACE}: {BLANK}{', ' + place if place else ''}.")
    lines.append(f"Message affiché{SPACE}: {error or BLANK}")
    lines.append(f"Depuis le{SPACE}: {BLANK}")
    lines.append(f"Déjà essayé{SPACE}: {', '.join(tried) + '.' if tried else BLANK}")
    who = "Où la joindre" if for_other else "Où me joindre"
    lines.append(f"{who} hors messagerie académique{SPACE}: {BLANK}")
    lines.append("Le NUMEN n’est pas joint. Merci de votre aide.")
    return Request(subject, " ".join(lines))
