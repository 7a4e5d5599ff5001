"""Aiguilleur: the conversation, the knowledge and the engine of a school district's mail helpdesk.

Only ``engine`` and ``nlu`` know Rasa. Everything else is plain Python and can be read,
tested and run without it.
"""

__version__ = "0.1.0"
