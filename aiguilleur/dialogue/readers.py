"""Pure readers: is this message an answer to what was asked, and which one?

They see a message (text and concepts) and what is expected; never the state.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from aiguilleur.knowledge.model import Edge, Node
from aiguilleur.understanding import Understanding

WEAK: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    # key: (one of these concepts, none of those)
    "works": (
        frozenset({"act_works", "act_yes", "act_done"}),
        frozenset({"act_still", "act_no", "act_where"}),
    ),
    "still": (frozenset({"act_still", "act_no"}), frozenset()),
    "yes": (frozenset({"act_yes", "act_works"}), frozenset({"act_no", "act_still"})),
    "no": (frozenset({"act_no", "act_still"}), frozenset({"act_yes"})),
    "unknown": (frozenset({"act_unknown"}), frozenset()),
    "done": (
        frozenset({"act_done", "act_yes", "act_works", "act_sent"}),
        frozenset({"act_no", "act_still", "act_where"}),
    ),
    "sent": (frozenset({"act_sent", "act_done", "act_yes"}), frozenset({"act_no"})),
    "stuck": (frozenset({"act_where", "act_no", "act_unknown", "act_still"}), frozenset()),
    "all": (frozenset({"act_show_all"}), frozenset()),
    "support": (frozenset({"act_human"}), frozenset()),
}
WEAK_ORDER = ("all", "support", "still", "works", "unknown", "no", "yes", "done", "sent", "stuck")

RANKS = {
    "1": 0, "un": 0, "le 1": 0, "premier": 0, "le premier": 0, "la premiere": 0, "premiere": 0,
    "2": 1, "deux": 1, "le 2": 1, "second": 1, "le second": 1, "la seconde": 1, "deuxieme": 1,
    "le deuxieme": 1, "la deuxieme": 1,
    "3": 2, "trois": 2, "le 3": 2, "troisieme": 2, "le troisieme": 2, "la troisieme": 2,
    "4": 3, "quatre": 3, "quatrieme": 3, "le dernier": -1, "la derniere": -1,
}  # fmt: skip
DONE = re.compile(
    r"(?:(?:ok|voila|bon|ca y est) )?(?:c'est|j'ai|je l'ai|je les ai) (?:tout )?\w+(?:e|ee|i|is|it|u|es)"
)
"""« c’est saisi », « j’ai tout vidé »: any short participle says that the step is done."""


def fold(text: str) -> str:
    """Lower case, no accents, plain apostrophes and single spaces: how texts are compared."""
    text = text.replace("’", "'").replace("œ", "oe").casefold()
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w'@.%/-]+", " ", plain).split()).strip(" .")


PHRASES = 65536
"""How many phrases are kept ready: well over those of the knowledge, which a turn reads by the thousand."""


def says(folded: str, phrase: str) -> bool:
    """Whether the folded text holds the phrase, on word boundaries."""
    wanted = _folded(phrase)
    start = folded.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        whole = not (_in_word(folded[start - 1 : start]) or _in_word(folded[end : end + 1]))
        if whole and not (_ends_on_a_verb(wanted) and _DENIED.match(folded, end)):
            return True
        start = folded.find(wanted, start + 1)
    return False


_DENIED = re.compile(r" (?:toujours |meme |vraiment |deja )?(?:pas|plus|jamais|rien)\b(?! mal\b)")
"""After a verb, what makes the phrase say the contrary: « le webmail marche », « marche pas »."""
_VERBS = frozenset(
    """
    marche marchait passe fonctionne ouvre souvre s'ouvre recoit recois arrive arrivent part partent
    envoie connais connait sais sait vois voit peux peut lis lit trouve accepte reconnait repond
    """.split()  # noqa: SIM905
)


@lru_cache(maxsize=PHRASES)
def _ends_on_a_verb(phrase: str) -> bool:
    return phrase.rsplit(" ", 1)[-1] in _VERBS


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


@lru_cache(maxsize=PHRASES)
def _folded(phrase: str) -> str:
    return fold(phrase)


_HOLLOW_WORDS = """
a ai alors apres as au aussi aux avec avez avoir c ca car ce cela celle celui ces cet
cette comme d dans de des dois donc du elle en encore est et etre fait faire faut ici il
ils j je juste l la le les leur lui ma mais me mes moi mon n ne ni nous on ou par
pas peu peut peux plus pour qu que quel quelle qui s sa sans se ses si son sont sur t te
tu un une va vais veut vos votre vous y oui non ok bon bah ben eh quoi ete tout tous
toute tres trop bien deja svp stp merci bonjour
"""
_HOLLOW = frozenset(_HOLLOW_WORDS.split())
"""Words that make two sentences alike without saying the same thing."""
_STEM, _ALIKE = 5, {"colle": 7}
"""How many letters carry the sense; more where two words begin alike: « collège », « collègue »."""
_PASSWORD = re.compile(r"\bmots? de passes?\b")


def stems(text: str) -> tuple[str, ...]:
    """The words that carry the sense, in order, cut to their first letters: « supprimé », « suppr »."""
    words = re.findall(r"[a-z0-9]+", _PASSWORD.sub("mdp", fold(text)))
    return tuple(word[: _ALIKE.get(word[:_STEM], _STEM)] for word in words if word not in _HOLLOW)


def resemblance(words: Sequence[str], phrase: str, rarity: Mapping[str, float]) -> float:
    """How much of a phrase the message holds, by the rarity of its words; 0 when it is too little.

    ``words``: the stems of the message. A phrase of one word of sense never resembles; of two, both
    are wanted; of more, most of what makes it rare, within a few words of each other.
    """
    wanted = _stems(phrase)
    common = wanted & set(words)
    if len(common) < 2:
        return 0.0
    weight = {word: rarity.get(word, 1.0) for word in wanted}
    share = sum(weight[word] for word in common) / sum(weight.values())
    if share < ENOUGH:
        return 0.0
    reach = len(wanted) + 3
    for start, word in enumerate(words):
        if word in common and common <= set(words[start : start + reach]):
            return sum(weight[word] for word in common) * share
    return 0.0


ENOUGH = 0.75
"""The least share of a phrase, weighed by rarity, for a message to ask the same."""


@lru_cache(maxsize=PHRASES)
def _stems(phrase: str) -> frozenset[str]:
    return frozenset(stems(phrase))


def rarities(phrases: Iterable[str]) -> dict[str, float]:
    """How telling each stem is, from how many of ``phrases`` hold it: a logarithm, at least 1."""
    held = Counter(stem for phrase in phrases for stem in _stems(phrase))
    total = sum(held.values())
    return {stem: 1.0 + math.log(total / count) for stem, count in held.items()}


def holds(when: Iterable[str], concepts: frozenset[str]) -> bool:
    """Whether all conditions hold: ``a|b`` is either, ``!a`` is absence."""
    return all(
        any(
            (name[1:] not in concepts) if name.startswith("!") else name in concepts
            for name in item.split("|")
        )
        for item in when
    )


def strong_answer(node: Node, heard: Understanding, labels: Sequence[str]) -> Edge | None:
    """The answer that the message names: by label, by its longest phrase, by concepts, by rank."""
    folded = fold(heard.text)
    for edge, label in zip(node.edges, labels, strict=True):
        if label and folded == fold(label):
            return edge
    said = [
        (len(phrase), -order, edge)
        for order, edge in enumerate(node.edges)
        for phrase in edge.like
        if says(folded, phrase)
    ]
    if said:
        return max(said, key=lambda found: found[:2])[2]
    for edge in node.edges:
        if edge.when and holds(edge.when, heard.concepts):
            return edge
    shown = [edge for edge in node.edges if edge.button]
    rank = RANKS.get(folded)
    if rank is not None and node.kind == "ask" and rank < len(shown):
        return shown[rank]
    return None


def longest(folded: str, phrases: Iterable[str]) -> int:
    """The length of the longest of the phrases that the folded text holds; 0 when it holds none."""
    return max((len(phrase) for phrase in phrases if says(folded, phrase)), default=0)


def weak_answer(node: Node, heard: Understanding) -> Edge | None:
    """The answer that a yes, a no, a « c’est fait » or a « toujours pas » gives at this step."""
    by_key = {edge.key: edge for edge in node.edges}
    if (
        "done" in by_key
        and DONE.fullmatch(fold(heard.text))
        and not heard.concepts & WEAK["done"][1]
    ):
        return by_key["done"]
    asked = heard.text.rstrip().endswith("?") and word_count(heard.text) > 3
    for key in WEAK_ORDER:
        if key not in by_key or (asked and key in {"yes", "works", "done"}):
            continue
        some, none = WEAK[key]
        if key == "works" and not any("?" in text for text in node.text):
            some -= {"act_yes"}
        if heard.concepts & some and not heard.concepts & none:
            return by_key[key]
    return None


def word_count(text: str) -> int:
    """How many words the message has."""
    return len(re.findall(r"\w+", text))
