"""The conversation, pure: ``turn(state, understanding, knowledge, now) → Turn(state, cards)``.

core        the order of decisions; each of those down to ``unclear`` is one of them, or a few
safety      the notices, danger, incidents
denied      the open topic is not what was meant
pressed     a button, or its label typed
spoken      what can be asked in words at any time
pending     the answer to a question asked outside a guide
both        two things in one message: an answer, and a question or a problem beside it
correction  another place than the one known
returning   back to a subject that waits
in_guide    the step in hand; asked_inside: questions about it; beside: what is no answer to it
follow_up   after the topic has had its answer
problems    a new problem, and a second one beside it
unclear     small talk, what is not ours, what was not understood

learning    what every message teaches besides its question; speaker: who speaks, whose mailbox
topics      guides in conversation; steps: the step in hand
asking      the known questions; asides: those of no guide, the nearest, the learned one
desk        the way to a desk, and the request
acts        what can be done at any time
readers     is this message an answer, and which one
talk        the answer in the making; wording: values into texts
state       what a conversation remembers
"""

from aiguilleur.dialogue.core import (
    Turn,
    apology,
    from_the_start,
    resumed,
    subjects,
    turn,
    welcome,
)
from aiguilleur.dialogue.state import State

__all__ = ["State", "Turn", "apology", "from_the_start", "resumed", "subjects", "turn", "welcome"]
