"""The roads of a guide: where a target leads, which steps are reached, loops that ask nothing. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from aiguilleur.knowledge.model import Finding, Guide, Knowledge
from aiguilleur.knowledge.vocabulary import ACTS


def target_exists(target: str, guide: Guide | None, knowledge: Knowledge) -> bool:
    """Whether a target is an act, a step of ``guide``, another guide or one of its steps."""
    if target.startswith("@"):
        return target[1:] in ACTS
    if target.startswith("guide:"):
        name, _, node = target.removeprefix("guide:").partition("#")
        other = knowledge.guides.get(name)
        return other is not None and (not node or node in other.nodes)
    return guide is not None and target in guide.nodes


def reached(guide: Guide, starts: list[str], knowledge: Knowledge) -> set[str]:
    """The steps of a guide that can be come to, from ``starts`` or from another guide, a message, an error."""
    entered = {
        edge.to.partition("#")[2]
        for other in knowledge.guides.values()
        for node in other.nodes.values()
        for edge in node.edges
        if edge.to.startswith(f"guide:{guide.id}#")
    }
    entered |= {
        choice.partition("#")[2]
        for m in knowledge.messages.values()
        for _, choice in m.buttons
        if choice.startswith(f"guide:{guide.id}#")
    }
    entered |= {error.node for error in knowledge.errors if error.guide == guide.id and error.node}
    todo, seen = [*starts, *entered], set[str]()
    while todo:
        name = todo.pop()
        if name in seen or name not in guide.nodes:
            continue
        seen.add(name)
        todo += [edge.to for edge in guide.nodes[name].edges]
    return seen


def leads_to_help(guide: Guide, start: str, knowledge: Knowledge) -> bool:
    """Whether a road goes from the step ``start`` to a desk or to another guide."""
    todo, seen = [start], set[str]()
    while todo:
        name = todo.pop()
        if name.startswith(("@support", "guide:")):
            return True
        if name in seen or name not in guide.nodes:
            continue
        seen.add(name)
        if guide.nodes[name].kind == "route":
            return True
        todo += [edge.to for edge in guide.nodes[name].edges]
    return False


def cycles(where: str, guide: Guide) -> Iterator[Finding]:
    """A loop that asks nothing would turn for ever: every loop must pass by an ask or a test."""
    silent = {name for name, node in guide.nodes.items() if node.kind in {"do", "answer"}}
    for start in silent:
        todo = [e.to for e in guide.nodes[start].edges if e.key == "done" and e.to in silent]
        seen: set[str] = set()
        while todo:
            name = todo.pop()
            if name == start:
                yield Finding(
                    where, f"l’étape « {start} » tourne en rond sans question.", "Ajoutez un test."
                )
                return
            if name not in seen:
                seen.add(name)
                todo += [
                    e.to for e in guide.nodes[name].edges if e.key == "done" and e.to in silent
                ]
