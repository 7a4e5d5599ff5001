"""What a hostile message costs: masking 500, 1,000 and 2,000 characters made to be slow.

Repetitions written by hand, then a search that mixes and mutates the dearest of them (seeded, so
that two runs try the same texts). For each text, the median of the processor time, in
milliseconds: the lowest of three medians, for a busy machine slows everything down. Exit code 1 when a median goes over the budget or grows faster than the length.

    python benchmarks/redaction.py [--search 300] [--budget 5]
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time

from aiguilleur.redaction import redact

LENGTHS = (500, 1000, 2000)
STEEPEST = 6.0
"""Four times the length may take this many times as long: four, and what a clock is worth."""

UNITS = (
    *("1", "1 ", "1.", "0 6 ", "a", "a ", "a.", "é", "e\u0301", "\u200b", " ", "\n", "[", "(", "'"),
    *("mdp ", "mdp: ", "mdp c'est ", "mot de passe est ", "mot de passe ", 'mdp "', "mdp x ou y "),
    *("mdp Aa1! ", "mdp Azerty12 ", "mdp numen ", "mdp code ", "pass ", "login x pass y "),
    *("code 1234 ", "code ", "sms 12 ", "port 1234 ", "code a1-b2 ", "1234 ", "12 34 ", "g-1234 "),
    *("numen ", "1a ", "12E34 ", "12E3401234XYZ ", "1 2 E 3 4 0 1 ", "10E07 numen ", "O1I "),
    *("tel ", "06 39 98 12 34 ", "0639981234", "+33 6 ", "06/39", "tel 1 2 3 4 5 6 7 8 9 "),
    *("FR76 ", "FR76 9999 9000 ", "iban 1 ", "rib 12345 ", "fr1" + "a1" * 8 + " "),
    *("carte 4 1 1 1 ", "4 1 1 1 ", "4111 1111 1111 1111 ", "cb 4", "secu 1 2", "1 84 12 99 "),
    *("a@", "a@b.fr ", "a at b ", "a (at) b ", "a point ", "a arobase ", "@", "://a:", "x@gmail "),
    *(
        "mis ",
        "mis x ",
        "mis Aa1!x ",
        "change en ",
        "j'ai mis ",
        "Aa1!x ",
        "Soleil2023! ",
        "a1-b2 ",
    ),
    *(
        "avec toto et tata ",
        "login toto / tata ",
        "ancien x nouveau y ",
        "ancien ",
        "nouveau c'est ",
    ),
    *("phrase de passe : le chat ", "phrase secrete ", "c'est mon mdp ", "x comme mdp ", "en mdp "),
    *(
        "[NUMEN]",
        "[MOT DE PASSE] ",
        "mdp [MOT DE PASSE] ",
        "mdp=",
        "=",
        ": ",
        ", ",
        ". ",
        "? ",
        '"',
    ),
    *("bonjour ", "pourquoi ", "e-mail ", "a_b-c.d", "20/10/2025 ", "0690082P ", "-", "mdp\n"),
    *("pas x mais y ", "zero six trente-neuf ", "un deux trois ", "numen dix e zero ", "a-a-"),
)


def repeated(unit: str, length: int) -> str:
    """The unit again and again, cut at a length."""
    return (unit * (length // len(unit) + 1))[:length]


def cost(text: str, rounds: int) -> float:
    """The median of the processor time of masking a text, in milliseconds."""
    taken = []
    for _ in range(rounds):
        start = time.thread_time()
        redact(text)
        taken.append(time.thread_time() - start)
    return statistics.median(taken) * 1000


def searched(count: int, first: list[str]) -> list[str]:
    """Units made of units, each generation from the dearest of the one before."""
    pick = random.Random(3)
    best = sorted(((cost(repeated(unit, 2000), 3), unit) for unit in first), reverse=True)
    for _ in range(count):
        parts = [pick.choice(best[:12])[1], pick.choice(UNITS)]
        if pick.random() < 0.5:
            parts += [pick.choice(UNITS) for _ in range(pick.randrange(1, 4))]
        pick.shuffle(parts)
        unit = "".join(parts)[:400]
        best.append((cost(repeated(unit, 2000), 3), unit))
        best.sort(reverse=True)
    return [unit for _, unit in best[:40]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--search", type=int, default=300, help="textes essayés (300)")
    parser.add_argument("--budget", type=float, default=5.0, help="millisecondes permises (5)")
    options = parser.parse_args()
    redact("un premier message, mdp : Girofle88, tél. 06 39 98 12 34, code 482913")
    units = searched(options.search, list(UNITS))
    rows = [
        [min(cost(repeated(unit, length), 21) for _ in range(3)) for length in LENGTHS]
        for unit in units
    ]
    print(f"{'500':>6} {'1000':>6} {'2000':>6}  pente  texte répété (ms)")
    for costs, unit in sorted(zip(rows, units, strict=True), reverse=True, key=lambda r: r[0][-1])[
        :15
    ]:
        times = " ".join(f"{one:6.2f}" for one in costs)
        print(f"{times}  ×{costs[-1] / costs[0]:4.1f}  {unit[:90]!r}")
    worst = max(costs[-1] for costs in rows)
    steepest = max(costs[-1] / costs[0] for costs in rows if costs[-1] > 1)
    print(f"Pire médiane : {worst:.2f} ms ; pire pente de 500 à 2 000 caractères : ×{steepest:.1f}")
    return int(worst > options.budget or steepest > STEEPEST)


if __name__ == "__main__":
    sys.exit(main())
