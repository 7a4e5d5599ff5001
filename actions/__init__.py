"""Rasa's actions: a few families, each a few lines over :func:`actions.turns.take_turn`.

What is said is decided in ``aiguilleur.dialogue``. The same package serves in process and behind
``rasa run actions``.
"""

from actions.families import FAMILIES

__all__ = ["FAMILIES"]
