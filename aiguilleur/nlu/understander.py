"""The understanding without Rasa: train, load, understand. The graph components call the same code.

Knows where the model's files are and how the parts follow each other; no conversation.
"""

from __future__ import annotations

import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from aiguilleur.errors import AiguilleurError, ModelError
from aiguilleur.lexicon import Lexicon
from aiguilleur.nlu.decision import Thresholds, as_property, decide
from aiguilleur.nlu.features import Context, Weights
from aiguilleur.nlu.judgement import Calibration, Judge
from aiguilleur.nlu.network import Network
from aiguilleur.nlu.training import Example, train

LEXICON, CALIBRATION = "lexicon.json", "calibration.json"
INTENTS, ACTS, QUESTIONS = "intents", "acts", "questions"
"""The three networks: each a .json (labels, features) and a .safetensors (numbers)."""

_REMEDY = "Entraînez-le\u00a0: aiguilleur train."
_ROOT = Path(__file__).resolve().parents[2]

PlaceOf = Callable[[str], Any]


def _no_place(_: str) -> None:
    return None


@dataclass(frozen=True)
class Understander:
    """A judge, the guard's thresholds, and a reader of places (``aiguilleur.places``) if there is one."""

    judge: Judge
    thresholds: Thresholds = field(default_factory=Thresholds)
    place_of: PlaceOf = _no_place

    @classmethod
    def train(
        cls,
        examples: Iterable[Example | tuple[str, str] | tuple[str, str, str]],
        lexicon: Lexicon,
        place_of: PlaceOf = _no_place,
        *,
        replies: Sequence[Example] = (),
        questions: Sequence[Example] = (),
        calibrate: bool = True,
    ) -> Understander:
        """Trained on ``examples`` (text, intent and, better, writer), ``replies`` and ``questions``."""
        told = [e if isinstance(e, Example) else Example(*e) for e in examples]
        judge = train(
            told,
            lexicon,
            context_reader(place_of),
            replies=replies,
            questions=questions,
            calibrate=calibrate,
        )
        return cls(judge, place_of=place_of)

    @classmethod
    def load(cls, path: Path | str, place_of: PlaceOf | None = None) -> Understander:
        """From a folder written by :meth:`save` or a Rasa model (.tar.gz). Raises ModelError."""
        path = Path(path)
        if place_of is None:
            place_of = default_places()
        if path.is_dir():
            return cls(load_judge(path), place_of=place_of)
        with tempfile.TemporaryDirectory() as scratch:
            return cls(load_judge(_unpacked(path, Path(scratch))), place_of=place_of)

    def save(self, folder: Path) -> None:
        """Write the judge to ``folder`` as JSON and safetensors."""
        save_judge(self.judge, folder)

    def understand(self, text: str) -> dict[str, Any]:
        """The ``understanding`` property for ``text``, already masked."""
        found = self.place_of(text)
        judgement = self.judge.judge(text, context_of(found))
        decision = decide(judgement, self.thresholds)
        return as_property(judgement, decision, place_property(found), self.thresholds)

    def understand_json(self, text: str) -> dict[str, Any]:
        """What ``aiguilleur parse --jsonl`` prints for ``text``, already masked."""
        known = self.understand(text)
        place = known.pop("place") or {}
        return {
            "text": text,
            **{name: known[name] for name in ("decision", "intent", "confidence", "options")},
            "problems": known["problems"],
            "ranking": known["ranking"],
            "department": place.get("department") or place.get("other_department"),
            "concepts": known["concepts"],
            "acts": known["acts"],
            "questions": dict(list(known["questions"].items())[:5]),
        }

    def with_thresholds(self, thresholds: Thresholds) -> Understander:
        return replace(self, thresholds=thresholds)


def context_of(place: Any) -> Context:
    """What the features take from a reading of ``aiguilleur.places`` (or None)."""
    if place is None:
        return Context()
    return Context(
        place=bool(place.department or place.other_department or place.candidates),
        only_place=bool(place.whole),
    )


def context_reader(place_of: PlaceOf) -> Callable[[str], Context]:
    """What the features take from the places; picklable as far as ``place_of`` is."""
    return partial(_context_from, place_of)


def _context_from(place_of: PlaceOf, text: str) -> Context:
    return context_of(place_of(text))


def place_property(place: Any) -> dict[str, Any] | None:
    """The place as the property carries it: codes, name and reason; None when nothing was read."""
    if place is None or not (place.department or place.other_department or place.candidates):
        return None
    return {
        "department": place.department,
        "other_department": place.other_department,
        "academy": place.academy,
        "place": place.place,
        "reason": place.reason,
        "candidates": list(place.candidates),
    }


def knowledge_folder() -> Path:
    """Where the knowledge is: ``AIGUILLEUR_KNOWLEDGE``, else ``knowledge/`` of the project."""
    return Path(os.environ.get("AIGUILLEUR_KNOWLEDGE") or _ROOT / "knowledge")


def default_places() -> PlaceOf:
    """The reader of ``knowledge/places``; of nothing when there is none."""
    try:
        return _places(str(knowledge_folder()))
    except (ImportError, AiguilleurError, OSError):
        return _no_place


@lru_cache(maxsize=2)
def _places(knowledge: str) -> PlaceOf:
    from aiguilleur.places import Places

    read: PlaceOf = Places.load(Path(knowledge) / "places").read
    return read


def save_judge(judge: Judge, folder: Path) -> None:
    """Write ``judge`` as JSON and safetensors; the inverse of :func:`load_judge`."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    (folder / LEXICON).write_text(judge.lexicon.to_json(), encoding="utf-8")
    networks = ((INTENTS, judge.intents), (ACTS, judge.acts), (QUESTIONS, judge.questions))
    for name, network in networks:
        if network is not None:
            (folder / f"{name}.json").write_text(network.description(), encoding="utf-8")
            save_file(network.tensors(), str(folder / f"{name}.safetensors"))
    (folder / CALIBRATION).write_text(
        json.dumps(
            {
                "weights": dict(judge.calibration.weights),
                "bias": judge.calibration.bias,
                "features": asdict(judge.weights),
            }
        ),
        encoding="utf-8",
    )


def load_judge(folder: Path) -> Judge:
    """The judge written in ``folder``. Raises ModelError when a file is missing or damaged."""
    try:
        calibration = json.loads((folder / CALIBRATION).read_text(encoding="utf-8"))
        return Judge(
            Lexicon.from_json((folder / LEXICON).read_text(encoding="utf-8")),
            _load_network(folder, INTENTS),
            Calibration(calibration["weights"], calibration["bias"]),
            Weights(**calibration["features"]),
            _load_network(folder, ACTS) if (folder / f"{ACTS}.json").is_file() else None,
            _load_network(folder, QUESTIONS) if (folder / f"{QUESTIONS}.json").is_file() else None,
        )
    except Exception as error:
        raise ModelError(
            f"Le modèle de compréhension ne se charge pas ({type(error).__name__}).", _REMEDY
        ) from error


def _load_network(folder: Path, name: str) -> Network:
    from safetensors.numpy import load_file

    description = (folder / f"{name}.json").read_text(encoding="utf-8")
    return Network.restore(description, load_file(str(folder / f"{name}.safetensors")))


def _unpacked(archive: Path, scratch: Path) -> Path:
    """The folder of the judge inside a Rasa archive, extracted to ``scratch``."""
    names, kinds = (INTENTS, ACTS, QUESTIONS), ("json", "safetensors")
    networks = {f"{name}.{kind}" for name in names for kind in kinds}
    wanted = {LEXICON, CALIBRATION, *networks}
    try:
        with tarfile.open(archive) as tar:
            for member in tar.getmembers():
                name = Path(member.name).name
                if member.isfile() and name in wanted:
                    content = tar.extractfile(member)
                    if content is not None:
                        (scratch / name).write_bytes(content.read())
    except (OSError, tarfile.TarError) as error:
        raise ModelError(f"Le modèle {archive.name} est illisible.", _REMEDY) from error
    return scratch


def current() -> Understander:
    """The understanding of the model in service, loaded once. Raises ModelError without one."""
    from aiguilleur.engine.training import model_to_serve

    models = Path(os.environ.get("AIGUILLEUR_MODELS") or _ROOT / "models")
    path = model_to_serve(models, _ROOT)
    return _current(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _current(path: Path, _version: int) -> Understander:
    return Understander.load(path)


def read_examples(paths: Sequence[Path]) -> list[Example]:
    """The examples of Rasa NLU files, with the writer of each block."""
    import yaml

    examples = []
    for path in paths:
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            writer = str((block.get("metadata") or {}).get("writer", ""))
            for line in block["examples"].splitlines():
                text = line.strip().removeprefix("- ").strip()
                if text:
                    examples.append(Example(text, block["intent"], writer))
    return examples


def read_replies(path: Path) -> list[Example]:
    """The replies of ``data/replies.yml`` (act, writer, examples); none when there is no such file."""
    return _read_blocks(path, "replies", "act")


def read_questions(path: Path) -> list[Example]:
    """The messages of ``data/questions.yml``, each with the name of the question it asks as intent."""
    return _read_blocks(path, "questions", "asks")


def read_answers(path: Path) -> list[Example]:
    """The messages of ``data/answers.yml``, each with the name of the answer it gives (``guide.key``)."""
    return _read_blocks(path, "answers", "gives")


LEAST_PHRASE, MOST_PHRASES = 8, 8
"""From how many letters a phrase of the knowledge is learned from, a word telling too little; and how many
of each name, the longest first: the rest would cost more time than they teach."""


def read_phrases(folder: Path) -> list[Example]:
    """The phrases under which the knowledge in ``folder`` already knows its questions and the answers of
    its steps, each with that name as intent. Raises KnowledgeError."""
    from aiguilleur.knowledge import load
    from aiguilleur.knowledge.model import every_question

    knowledge = load(folder)
    told = {(phrase, q.asks) for q in every_question(knowledge) for phrase in q.like}
    for guide in knowledge.guides.values():
        for node in guide.nodes.values():
            for edge in node.edges:
                told |= {(phrase, guide.answer_name(edge)) for phrase in edge.like}
    kept: dict[str, list[str]] = {}
    for text, name in sorted(told, key=lambda pair: (-len(pair[0]), pair[0])):
        if name and len(text) >= LEAST_PHRASE and len(kept.setdefault(name, [])) < MOST_PHRASES:
            kept[name].append(text)
    return [Example(text, name, "like") for name in sorted(kept) for text in kept[name]]


def _read_blocks(path: Path, kind: str, label: str) -> list[Example]:
    """The examples of each block listed under ``kind``, with its ``label`` and its writer."""
    import yaml

    if not path.is_file():
        return []
    blocks = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)[kind]
    return [
        Example(str(text), block[label], str(block["writer"]))
        for block in blocks
        for text in block["examples"]
    ]
