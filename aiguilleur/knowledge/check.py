"""What is wrong in a loaded knowledge, and what is not ready for the public. Pure.

``check`` lists contradictions: with one of them the files are refused. ``not_ready`` lists what the
operator still has to confirm before opening.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from difflib import get_close_matches

from aiguilleur.card import MAX_BUTTON_TITLE, MAX_BUTTONS, MAX_WORDS
from aiguilleur.knowledge import check_calendar as calendar
from aiguilleur.knowledge import roads
from aiguilleur.knowledge.model import STATED, Finding, Guide, Knowledge, Node, Question
from aiguilleur.knowledge.vocabulary import (
    ACTS,
    READS,
    REQUIRED_MESSAGES,
    SITUATION_PREFIXES,
    SITUATIONS,
    SLOTS,
    TURN_VALUES,
)


def check(knowledge: Knowledge) -> list[Finding]:
    """Every contradiction found; empty when the knowledge may serve."""
    return [
        *_desks(knowledge),
        *_incidents(knowledge),
        *calendar.contradictions(knowledge),
        *_messages(knowledge),
        *(finding for guide in knowledge.guides.values() for finding in _guide(guide, knowledge)),
        *_topics(knowledge),
    ]


def unknown_concepts(knowledge: Knowledge, lexicon: Collection[str]) -> Iterator[Finding]:
    """The ``when`` of guides that names neither a concept of the lexicon nor a situation."""
    known = {*lexicon, *SITUATIONS}
    for where, when in _all_conditions(knowledge):
        for name in (part.lstrip("!") for item in when for part in item.split("|")):
            if name not in known and not name.startswith(SITUATION_PREFIXES):
                near = get_close_matches(name, known, 1)
                yield Finding(
                    where,
                    f"« {name} » n’est ni un concept du lexique ni une situation.",
                    f"Vouliez-vous dire « {near[0]} » ?" if near else "Voyez data/lexicon.yml.",
                )


def _all_conditions(knowledge: Knowledge) -> Iterator[tuple[str, tuple[str, ...]]]:
    for guide in knowledge.guides.values():
        yield from _conditions(guide)
    for question in knowledge.questions:
        yield "questions.yml", (*question.only, *question.when)
    for error in knowledge.errors:
        yield f"errors.yml ({error.id})", error.when


def _conditions(guide: Guide) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield guide.where, guide.about
    for entry in guide.entries:
        yield guide.where, entry.when
    for question in guide.questions:
        yield guide.where, (*question.only, *question.when)
    for node in guide.nodes.values():
        for edge in node.edges:
            yield node.where, edge.when
        for question in node.questions:
            yield node.where, (*question.only, *question.when)


def not_ready(knowledge: Knowledge) -> list[Finding]:
    """What the operator must confirm before the public sees it."""
    findings = []
    for desk in knowledge.desks.values():
        for kind, name in (("form", "formulaire"), ("write", "adresse"), ("phone", "téléphone")):
            if desk.way(kind) is None:
                findings.append(
                    Finding(
                        "support.yml",
                        f"{desk.name} : {name} non renseigné ou non confirmé.",
                        "Remplissez « value », « status: confirmed » et « verified_on ».",
                    )
                )
    findings += calendar.not_ready(knowledge, datetime.now(knowledge.zone))
    known = [
        *knowledge.facts.values(),
        *(page.url for page in knowledge.pages.values()),
        *knowledge.emergency,
        *knowledge.privacy,
    ]
    for fact in known:
        if fact.status not in STATED:
            findings.append(
                Finding(
                    fact.where,
                    f"« {fact.label} » est au statut « {fact.status} ».",
                    "Vérifiez la valeur, puis « status: confirmed » et « verified_on ».",
                )
            )
    return findings


def _desks(knowledge: Knowledge) -> Iterator[Finding]:
    if knowledge.second_resort not in knowledge.desks:
        yield Finding(
            "support.yml",
            f"le second recours « {knowledge.second_resort} » n’est pas un service décrit.",
            "Décrivez-le sous « desks ».",
        )
    if "default" not in knowledge.requests:
        yield Finding(
            "requests.yml", "il manque la demande « default ».", "Ajoutez-la sous « requests »."
        )


def _incidents(knowledge: Knowledge) -> Iterator[Finding]:
    for incident in knowledge.incidents:
        for intent in incident.intents:
            if intent not in knowledge.guide_of_intent:
                yield Finding(
                    incident.where,
                    f"l’intention « {intent} » n’est celle d’aucun guide.",
                    f"Intentions possibles : {', '.join(sorted(knowledge.guide_of_intent))}.",
                )
        for code in incident.departments:
            if code not in knowledge.departments():
                yield Finding(
                    incident.where,
                    f"le département « {code} » n’a pas de service.",
                    f"Départements possibles : {', '.join(knowledge.departments())}.",
                )


def _messages(knowledge: Knowledge) -> Iterator[Finding]:
    for key in sorted(REQUIRED_MESSAGES - set(knowledge.messages)):
        yield Finding("messages.yml", f"il manque le message « {key} ».", "Écrivez-le.")
    for message in knowledge.messages.values():
        where = f"{message.where} ({message.key})"
        yield from _buttons(where, [label for label, _ in message.buttons])
        for text in (*message.text, *message.vacation):
            yield from _text(where, text, knowledge)
        for _, choice in message.buttons:
            if not _choice_exists(choice, knowledge):
                yield Finding(where, f"bouton vers « {choice} » inconnu.", "Corrigez la cible.")
        yield from _references(where, message.links, message.facts, knowledge)


def _choice_exists(choice: str, knowledge: Knowledge) -> bool:
    if choice.startswith("@"):
        return choice[1:] in ACTS
    if choice.startswith("guide:"):
        return roads.target_exists(choice, None, knowledge)
    return choice in {"yes", "no", "unknown"}


def _topics(knowledge: Knowledge) -> Iterator[Finding]:
    for name in knowledge.menu:
        if name not in knowledge.guides:
            yield Finding(
                "academy.yml", f"le menu nomme le guide « {name} », inconnu.", "Corrigez."
            )
    for error in knowledge.errors:
        guide = knowledge.guides.get(error.guide)
        if guide is None or (error.node and error.node not in guide.nodes):
            yield Finding(
                "errors.yml", f"« {error.id} » mène à un guide ou une étape inconnus.", "Corrigez."
            )
        yield from _text(f"errors.yml ({error.id})", error.say, knowledge)
    for near in knowledge.elsewhere:
        yield from _text(f"elsewhere.yml ({near.id})", near.say, knowledge)
    for question in knowledge.questions:
        yield from _question("questions.yml", question, knowledge)
        if not question.like:
            yield Finding("questions.yml", "une question n’a pas de « like ».", "Donnez-en un.")


def _question(where: str, question: Question, knowledge: Knowledge) -> Iterator[Finding]:
    for text in filter(None, (question.say, question.vacation)):
        yield from _text(where, text, knowledge)
    yield from _references(where, question.links, question.facts, knowledge)
    if not question.when and not question.like:
        yield Finding(where, "une question n’a ni « when » ni « like ».", "Dites quand elle vient.")


def _slots(where: str, sets: Iterable[str]) -> Iterator[Finding]:
    for slot in sets:
        if slot not in SLOTS:
            yield Finding(where, f"« sets: {slot} » inconnu.", f"Compris : {', '.join(SLOTS)}.")


def _guide(guide: Guide, knowledge: Knowledge) -> Iterator[Finding]:
    where = f"guides/{guide.id}.yml"
    for entry in guide.entries:
        yield from _slots(where, entry.sets)
    if len(guide.label) > MAX_BUTTON_TITLE:
        yield Finding(
            where,
            f"libellé « {guide.label} » de plus de {MAX_BUTTON_TITLE} caractères.",
            "Abrégez.",
        )
    starts = [guide.start, *(entry.to for entry in guide.entries)]
    for target in starts:
        if not roads.target_exists(target, guide, knowledge):
            yield Finding(
                where, f"l’étape de départ « {target} » n’existe pas.", "Corrigez « start »."
            )
            return
    for node in guide.nodes.values():
        yield from _node(where, guide, node, knowledge)
    for question in guide.questions:
        yield from _question(where, question, knowledge)
    for name in guide.counted:
        if name not in guide.nodes:
            yield Finding(where, f"« counted » nomme l’étape « {name} », inconnue.", "Corrigez.")
    reached = roads.reached(guide, starts, knowledge)
    for name in sorted(set(guide.nodes) - reached):
        yield Finding(
            guide.nodes[name].where,
            f"l’étape « {name} » n’est jamais atteinte.",
            "Reliez-la ou retirez-la.",
        )
    yield from roads.cycles(where, guide)


def _node(where: str, guide: Guide, node: Node, knowledge: Knowledge) -> Iterator[Finding]:
    where = f"{where}, {node.where.rpartition(':')[2]} ({node.id})"
    if node.kind == "ask" and node.reads not in READS:
        yield Finding(where, f"« ask: {node.reads} » inconnu.", f"Comprises : {', '.join(READS)}.")
    if node.kind != "route" and not node.text:
        yield Finding(where, "il manque « text ».", "Une étape dit toujours quelque chose.")
    others = filter(None, (node.help, node.desk_text, node.question))
    for text in (*node.text, *node.vacation, *others):
        yield from _text(where, text, knowledge)
    yield from _references(where, node.links, node.facts, knowledge)
    for edge in node.edges:
        if not roads.target_exists(edge.to, guide, knowledge):
            yield Finding(
                where, f"la réponse « {edge.key} » mène à « {edge.to} », inconnu.", "Corrigez."
            )
        if edge.button and edge.label is None and edge.key not in knowledge.labels:
            yield Finding(
                where, f"la réponse « {edge.key} » n’a pas de libellé.", "Ajoutez « label »."
            )
        yield from _slots(where, edge.sets)
    labels = [
        edge.label or knowledge.labels.get(edge.key, "") for edge in node.edges if edge.button
    ]
    yield from _buttons(where, labels)
    if node.kind in {"ask", "do", "test"} and not node.edges:
        yield Finding(
            where, "aucune réponse : la personne serait dans une impasse.", "Ajoutez « answers »."
        )
    if node.kind in {"do", "test"} and not roads.leads_to_help(guide, node.id, knowledge):
        yield Finding(
            where, "aucun chemin ne mène de cette étape à un service.", "Ajoutez « stuck »."
        )
    if node.kind == "route" and node.problem not in knowledge.requests:
        yield Finding(
            where, f"aucune demande écrite pour « {node.problem} ».", "Ajoutez-la dans support.yml."
        )


def _text(where: str, text: str, knowledge: Knowledge) -> Iterator[Finding]:
    for name in re.findall(r"{(\w+)}", text):
        if name not in TURN_VALUES and name not in knowledge.facts:
            yield Finding(
                where, f"« {{{name}}} » n’existe pas.", "Ajoutez le fait dans mail.yml ou corrigez."
            )
    if len(text.split()) > MAX_WORDS + 4:
        yield Finding(where, f"texte de plus de {MAX_WORDS} mots.", "Coupez-le en deux étapes.")


def _buttons(where: str, labels: list[str]) -> Iterator[Finding]:
    if len(labels) > MAX_BUTTONS:
        yield Finding(where, f"{len(labels)} boutons, {MAX_BUTTONS} au plus.", "Retirez-en.")
    for label in labels:
        if len(label) > MAX_BUTTON_TITLE:
            yield Finding(
                where, f"bouton « {label} » de plus de {MAX_BUTTON_TITLE} caractères.", "Abrégez."
            )


def _references(
    where: str, links: tuple[str, ...], facts: tuple[str, ...], knowledge: Knowledge
) -> Iterator[Finding]:
    for name in links:
        if name not in knowledge.pages:
            yield Finding(
                where, f"le lien « {name} » n’existe pas.", "Ajoutez la page dans mail.yml."
            )
    for name in facts:
        if name.lstrip("=") not in knowledge.facts:
            yield Finding(where, f"le fait « {name} » n’existe pas.", "Ajoutez-le dans mail.yml.")
