"""The conversation, pure: ``turn(state, understanding, knowledge, now) → Turn(state, cards)``.

core      the order of decisions
topics    guides in conversation
desk      the way to a desk, and the request
acts      what can be asked at any time
readers   is this message an answer, and which one
talk      the answer in the making; wording: values into texts
state     what a conversation remembers
"""

from aiguilleur.dialogue.core import Turn, apology, resumed, turn, welcome
from aiguilleur.dialogue.state import State

__all__ = ["State", "Turn", "apology", "resumed", "turn", "welcome"]
