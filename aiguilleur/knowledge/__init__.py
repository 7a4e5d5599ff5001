"""What the helpdesk edits, loaded and cross-checked into one frozen snapshot per turn.

model       the frozen data; systems: two mail systems side by side
yaml_file   YAML with lines and remedies
load        files → Knowledge; load_facts, load_support, load_incidents: their parts
check       what contradicts, and what is not ready for the public
live        the snapshot in service, reloaded live
"""

from aiguilleur.knowledge.check import check, not_ready, unknown_concepts
from aiguilleur.knowledge.live import KnowledgeBase, base, root
from aiguilleur.knowledge.load import load
from aiguilleur.knowledge.model import Finding, Knowledge

__all__ = [
    "Finding",
    "Knowledge",
    "KnowledgeBase",
    "base",
    "check",
    "load",
    "not_ready",
    "root",
    "unknown_concepts",
]
