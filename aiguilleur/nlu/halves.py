"""Where a message may hold two things: « oui, mais comment je copie mes messages avant ? ».

Pure: raw text in, pairs of raw texts out. Which half says what is read by the judge.
"""

from __future__ import annotations

import re

MOST, LONGEST = 2, 80
"""How many ways of cutting are kept, and from how many words a message is not cut at all."""

_SENTENCE = re.compile(r"[.!?;…]+[)»\"]*\s+|\s*\n+\s*|\s+[.!?;]+\s+")
_TURN = re.compile(
    r"[\s,]+(?=(?:mais|par contre|en revanche|sinon|du coup|en plus|au fait|et sinon|et puis|et du coup"
    r"|et maintenant|et apr[eè]s|et si|et comment|et pour|et est[- ]ce|et j['’e]|et c['’]|et [cç]a|et on|et il"
    r"|et elle|et quand|et combien|et qui|et pourquoi|est[- ]ce que|c['’]est normal|je fais quoi)\b)",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s*,\s+|\s+-+\s+|\s*\(\s*")


def halves(text: str) -> tuple[tuple[str, str], ...]:
    """The ways of cutting ``text`` in two, the plainest first, at most :data:`MOST`.

    Ends of sentences come first, then words that turn to something else, then commas; of each kind,
    the first and the last.
    """
    if len(text.split()) > LONGEST:
        return ()
    pairs: list[tuple[str, str]] = []
    for pattern in (_SENTENCE, _TURN, _COMMA):
        found = [
            (text[: cut.end()].strip(" ,(-"), text[cut.end() :].strip(" ,)-"))
            for cut in pattern.finditer(text)
        ]
        kept = [pair for pair in found if all(re.search(r"\w", half) for half in pair)]
        pairs += [pair for pair in dict.fromkeys(kept[:1] + kept[-1:]) if pair not in pairs]
    return tuple(pairs[:MOST])
