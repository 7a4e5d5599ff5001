"""``aiguilleur`` on the command line: thin verbs over the rooms, imports at the last moment.

Exit codes: 0 all is well, 1 a finding, 2 bad use or a wrong environment.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from aiguilleur import __version__
from aiguilleur.errors import AiguilleurError

PROJECT = Path(__file__).resolve().parents[1]


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; the value is the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except AiguilleurError as error:
        print(f"aiguilleur : {error}", file=sys.stderr)
        return 2
    except (KeyboardInterrupt, BrokenPipeError):
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aiguilleur", description="L’assistant de l’assistance informatique d’une académie."
    )
    parser.add_argument("--version", action="version", version=__version__)
    verbs = parser.add_subparsers(title="verbes", required=True, metavar="VERBE")

    def verb(name: str, run: Callable[[Any], int], text: str) -> argparse.ArgumentParser:
        one = verbs.add_parser(name, help=text, description=text)
        one.set_defaults(run=run)
        return one

    for name, run, text in (
        ("parse", _parse, "Ce que l’assistant comprend d’un premier message."),
        ("place", _place, "Le département que nomme un message."),
        ("redact", _redact, "Le message, ses secrets masqués."),
    ):
        one = verb(name, run, f"{text} Un message par ligne sur l’entrée standard.")
        one.add_argument(
            "--jsonl",
            action="store_true",
            help='un objet JSON {"text": …} par ligne, en entrée et en sortie',
        )
    serve = verb("serve", _serve, "Sert l’assistant en HTTP.")
    serve.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1)")
    serve.add_argument("--port", type=int, default=5005, help="port d’écoute (5005)")
    train = verb("train", _train, "Entraîne le modèle.")
    train.add_argument("--if-needed", action="store_true", help="seulement s’il n’est pas à jour")
    verb("chat", _chat, "Une conversation dans le terminal, boutons numérotés.")
    check = verb("check", _check, "Vérifie knowledge/ : fichier, ligne et remède.")
    check.add_argument(
        "--strict", action="store_true", help="liste aussi ce qui reste à confirmer avant d’ouvrir"
    )
    purge = verb("purge", _purge, "Efface les conversations anciennes.")
    purge.add_argument(
        "--older-than",
        metavar="DURÉE",
        help="30d, 12h : plus anciennes que cela (sinon la durée d’academy.yml)",
    )
    rehearse = verb(
        "rehearse", _rehearse, "Joue des dialogues sur un serveur en service, par le canal web."
    )
    rehearse.add_argument("path", type=Path, help="fichier JSON-lines {title, turns}")
    rehearse.add_argument(
        "--url", default="http://127.0.0.1:5005", help="serveur (http://127.0.0.1:5005)"
    )
    rehearse.add_argument("--show", action="store_true", help="montre aussi les dialogues réussis")
    texts = verb(
        "texts", _texts, "Tous les textes que l’assistant peut dire, et d’où ils viennent."
    )
    texts.add_argument("--jsonl", action="store_true", help="un objet JSON par texte")
    texts.add_argument("--guide", metavar="ID", help="seulement les textes de ce guide")
    evaluate = verb("evaluate", _evaluate, "Mesure la compréhension sur des messages étiquetés.")
    evaluate.add_argument(
        "path", type=Path, help="fichier JSON-lines {text, intent, also}, ou dossier YAML de Rasa"
    )
    evaluate.add_argument(
        "--acts", action="store_true", help="le fichier est celui de répliques (data/replies.yml)"
    )
    evaluate.add_argument("--errors", action="store_true", help="montre chaque message manqué")
    evaluate.add_argument(
        "--noise", action="store_true", help="mesure aussi sans accents, avec des fautes, en SMS…"
    )
    evaluate.add_argument(
        "--pictures", type=Path, metavar="DOSSIER", help="y dessine les confusions et la couverture"
    )
    integrity = verb("integrity", _integrity, "Ce qu’une page écrit pour porter le widget.")
    integrity.add_argument(
        "--origin",
        default="https://assistant.exemple.fr",
        help="l’adresse publique de ce serveur (https://assistant.exemple.fr)",
    )
    return parser


def _lines(jsonl: bool) -> Iterable[str]:
    stream = sys.stdin.buffer
    for number, raw in enumerate(stream, 1):
        line = raw.decode("utf-8", errors="replace").rstrip("\r\n")
        if not jsonl:
            yield line
            continue
        if not line.strip():
            continue
        try:
            text = json.loads(line)["text"]
            if not isinstance(text, str):
                raise TypeError
        except (ValueError, KeyError, TypeError) as error:
            raise AiguilleurError(
                f"ligne {number} : ce n’est pas un objet JSON avec un texte.",
                'Écrivez {"text": "…"}.',
            ) from error
        yield text


def _each(
    jsonl: bool, result: Callable[[str], dict[str, Any]], short: Callable[[dict[str, Any]], str]
) -> int:
    for text in _lines(jsonl):
        found = result(text)
        print(json.dumps(found, ensure_ascii=False) if jsonl else short(found), flush=True)
    return 0


def _parse(options: argparse.Namespace) -> int:
    from aiguilleur.nlu.understander import current
    from aiguilleur.redaction import redact

    understander = current()

    def short(found: dict[str, Any]) -> str:
        offered = ", ".join(found["options"])
        return (
            f"{found['decision']}\t{found['intent'] or '-'}\t{found['confidence']:.2f}"
            f"\t{found['department'] or '-'}\t{offered}\t{' '.join(found['concepts'])}"
        )

    return _each(options.jsonl, lambda text: understander.understand_json(redact(text).text), short)


def _place(options: argparse.Namespace) -> int:
    from aiguilleur.knowledge import root
    from aiguilleur.places import Places, read_json

    places = Places.load(root() / "places")

    def short(found: dict[str, Any]) -> str:
        return f"{found['department'] or '-'}\t{found['place'] or '-'}\t{found['reason']}"

    return _each(options.jsonl, lambda text: read_json(places.read(text), text), short)


def _redact(options: argparse.Namespace) -> int:
    from aiguilleur.redaction import redact, redact_json

    return _each(options.jsonl, lambda text: redact_json(redact(text)), lambda found: found["text"])


def _serve(options: argparse.Namespace) -> int:
    from aiguilleur.server import serve
    from aiguilleur.settings import Settings

    serve(Settings.from_environment(), options.host, options.port)
    return 0


def _train(options: argparse.Namespace) -> int:
    from aiguilleur.engine.training import train

    train(PROJECT, if_needed=options.if_needed)
    return 0


def _check(options: argparse.Namespace) -> int:
    from aiguilleur.errors import KnowledgeError
    from aiguilleur.knowledge import check, load, not_ready, root, unknown_concepts
    from aiguilleur.lexicon import DEFAULT_PATH
    from aiguilleur.lexicon.source import names, read_source

    folder = root()
    try:
        knowledge = load(folder)
    except KnowledgeError as error:
        print(error)
        return 1
    findings = [*check(knowledge), *unknown_concepts(knowledge, names(read_source(DEFAULT_PATH)))]
    for finding in findings:
        print(finding)
    if findings:
        return 1
    print(
        f"Connaissances valides : {len(knowledge.guides)} guides, {len(knowledge.messages)} messages, "
        f"{len(knowledge.desks)} services (version {knowledge.version})."
    )
    if not options.strict:
        return 0
    missing = not_ready(knowledge)
    if missing:
        print("\nPas prêt à ouvrir :")
        for finding in missing:
            print(f"  - {finding}")
        return 1
    print("Prêt à ouvrir.")
    return 0


def _purge(options: argparse.Namespace) -> int:
    from aiguilleur.engine.database import Database
    from aiguilleur.knowledge import load, root
    from aiguilleur.settings import Settings

    settings = Settings.from_environment()
    given = options.older_than
    days = _days(given) if given else float(load(root()).retention_days)
    database, now = Database(settings.database), time.time()
    try:
        erased = database.purge(now - days * 86400, now - 2 * settings.session_seconds)
    finally:
        database.close()
    print(f"{erased} conversations effacées.")
    return 0


def _days(duration: str) -> float:
    """« 30d » or « 12h » in days."""
    match = re.fullmatch(r"(\d{1,5})([dhj])", duration.strip())
    if not match:
        raise AiguilleurError(
            f"durée « {duration} » illisible.", "Écrivez 30d (jours) ou 12h (heures)."
        )
    return int(match[1]) / (24 if match[2] == "h" else 1)


def _rehearse(options: argparse.Namespace) -> int:
    from aiguilleur import rehearsal
    from aiguilleur.card import plain

    scenes = rehearsal.read(options.path)
    turns = held = whole = 0
    for scene in scenes:
        played = list(rehearsal.play(scene, options.url))
        good = sum(not one.faults for one in played)
        turns, held, whole = turns + len(played), held + good, whole + (good == len(played))
        if good == len(played) and not options.show:
            continue
        print(f"\n{'  ok' if good == len(played) else 'NON'} {scene.title}")
        for one in played:
            print(f"  > {one.turn.user}")
            for card in one.cards:
                print("    " + plain(card).replace("\n", "\n    "))
            for fault in one.faults:
                print(f"    !! {fault} ({one.turn.expect})")
    print(
        f"\n{held} tours sur {turns} ({held / turns:.0%}), {whole} dialogues entiers sur {len(scenes)}."
    )
    return 0 if held == turns else 1


def _texts(options: argparse.Namespace) -> int:
    from aiguilleur import texts
    from aiguilleur.knowledge import load, root

    knowledge = load(root())
    if options.guide and options.guide not in knowledge.guides:
        raise AiguilleurError(
            f"pas de guide « {options.guide} ».", f"Guides : {', '.join(knowledge.guides)}."
        )
    chosen = knowledge.guides.get(options.guide or "")
    everything = texts.of_guide(chosen) if chosen else texts.said(knowledge)
    for said in texts.once(everything):
        if options.jsonl:
            measures = {"words": said.words, "longest_sentence": said.longest_sentence}
            print(json.dumps({**asdict(said), **measures}, ensure_ascii=False))
        else:
            print(f"{said.where} {said.path} [{said.kind}, {said.words} mots]\n    {said.text}")
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from aiguilleur.evaluate import evaluate, measure_acts, report, report_acts
    from aiguilleur.nlu.understander import current, read_replies

    model = current()
    if options.acts:
        replies = [(reply.text, reply.intent) for reply in read_replies(options.path)]
        print(report_acts(measure_acts(replies, model.understand)))
        return 0
    found = evaluate(options.path, model)
    print(report(found, errors=options.errors))
    if options.noise:
        _with_noise(options.path, model.understand)
    if options.pictures:
        from aiguilleur.evaluate import pictures

        options.pictures.mkdir(parents=True, exist_ok=True)
        pictures.confusion(found, options.pictures / "confusions.png")
        pictures.coverage(found, options.pictures / "couverture.png")
        print(f"\nImages dans {options.pictures}.")
    return 0


def _with_noise(path: Path, understand: Callable[[str], Mapping[str, Any]]) -> None:
    """One line for each way of making the messages of ``path`` harder."""
    from aiguilleur.evaluate import measure, read_rows
    from aiguilleur.evaluate.noise import NOISES

    print(f"\n{'messages':28}{'juste':>8}{'aidé':>8}{'faux':>8}")
    rows = read_rows(path)
    for name, noise in NOISES.items():
        found = measure([replace(row, text=noise(row.text)) for row in rows], understand)
        print(f"{name:28}{found.right:>8.1%}{found.helped:>8.1%}{found.wrong:>8.1%}")


def _integrity(options: argparse.Namespace) -> int:
    from aiguilleur import widget

    print(widget.embed(options.origin.rstrip("/")))
    return 0


def _chat(options: argparse.Namespace) -> int:
    from aiguilleur import dialogue
    from aiguilleur.card import Card, plain
    from aiguilleur.conversation import Conversation
    from aiguilleur.knowledge import base
    from aiguilleur.nlu.understander import current

    knowledge = base()
    talk = Conversation(knowledge.current(), current().understand)

    def show(cards: tuple[Card, ...]) -> None:
        number = 0
        for card in cards:
            print(f"\n{plain(card)}")
            for button in card.buttons:
                number += 1
                print(f"  [{number}] {button.title}")

    talk.cards = (dialogue.welcome(knowledge.current()),)
    show(talk.cards)
    print("\n(un numéro pour un bouton, Ctrl-D pour finir)")
    while True:
        try:
            text = input("\n> ").strip()
        except EOFError:
            print()
            return 0
        if not text:
            continue
        talk.knowledge = knowledge.current()
        buttons = talk.buttons()
        if text.isdigit() and 1 <= int(text) <= len(buttons):
            show(talk.press(buttons[int(text) - 1].payload))
        else:
            show(talk.say(text))


if __name__ == "__main__":
    sys.exit(main())
