"""Secrets of each kind, made up by the thousand, in sentences that carry them.

Whatever the spelling, no run of more than three letters or digits of a secret survives.
"""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiguilleur.redaction import MASKS, redact

EXAMPLES = settings(deadline=None)
"""How many is the profile's: a few by default, ten thousand in ``make properties``."""

DIGITS = st.integers(0, 9).map(str)
CAPITALS = st.sampled_from(string.ascii_uppercase)


def digits(count: int) -> st.SearchStrategy[str]:
    return st.lists(DIGITS, min_size=count, max_size=count).map("".join)


def capitals(count: int) -> st.SearchStrategy[str]:
    return st.lists(CAPITALS, min_size=count, max_size=count).map("".join)


def joined(*parts: st.SearchStrategy[str], gaps: str) -> st.SearchStrategy[str]:
    """The parts tied by one of the gaps, the same throughout; an empty gap is always possible."""
    return st.tuples(st.sampled_from(("", *gaps)), st.tuples(*parts)).map(
        lambda drawn: drawn[0].join(drawn[1])
    )


NUMEN = joined(digits(2), capitals(1), digits(2), digits(5), capitals(3), gaps=" .-/_")
NUMEN_SPELT = NUMEN | NUMEN.map(str.lower) | NUMEN.map(lambda text: " ".join(text.replace(" ", "")))
PHONE = st.tuples(
    st.sampled_from(
        ("06 39 98 ", "06.39.98.", "06-39-98-", "063998", "+33 6 39 98 ", "0033 6 39 98 ")
    ),
    digits(2),
    digits(2),
).map(
    lambda parts: (
        parts[0] + parts[1] + (parts[0][-1] if not parts[0][-1].isdigit() else "") + parts[2]
    )
)
NIR = joined(
    st.sampled_from("12"),
    digits(2),
    st.integers(1, 12).map("{:02d}".format),
    st.just("99"),
    digits(3),
    digits(3),
    gaps=" .-",
)
CODE = digits(6) | digits(6).map(lambda code: f"{code[:3]} {code[3:]}")
LOCAL = st.text(string.ascii_lowercase, min_size=5, max_size=10).map(lambda name: f"zz{name}.qx")
EMAIL = st.tuples(
    LOCAL, st.sampled_from(("@example.org", " (at) example.com", "[at]example.org"))
).map("".join)


def iban(account: str) -> str:
    """A French account number of the invented bank 99999, with its check digits."""
    body = "99999" + account
    key = 98 - int(body + "152700") % 97
    return f"FR{key:02d}{body}"


IBAN = digits(18).map(iban) | digits(18).map(iban).map(
    lambda text: " ".join(text[start : start + 4] for start in range(0, len(text), 4))
)


def luhn(body: str) -> str:
    total = 0
    for index, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if index % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


CARD = digits(11).map(lambda body: luhn("4000" + body))
WORD = st.sampled_from(("Girofle", "Pivoine", "Dromadaire", "Trompette", "Mirabelle", "Ouragan"))
PASSWORD = st.tuples(
    WORD, st.sampled_from(("", "!", "_", "*", "-", "#")), digits(2) | digits(4)
).map("".join)
PLAIN = st.sampled_from(("girofle", "dromadaire", "trompette", "ouragan", "tournevis", "libellule"))

AROUND = ("{}", "Bonjour, {} et rien ne marche", "{}, merci de votre aide", "Alors {} ?")
CARRIERS = {
    "numen": (NUMEN_SPELT, ("{}", "mon NUMEN {}", "numen : {}", "le {} est bloqué")),
    "phone": (PHONE, ("{}", "au {}", "tél. {}", "code non reçu sur le {}")),
    "nir": (NIR, ("{}", "sécu {}", "mon NIR : {}")),
    "iban": (IBAN, ("{}", "mon RIB {}", "iban:{}")),
    "card": (CARD, ("{}", "ma carte {}", "CB : {}")),
    "email": (EMAIL, ("{}", "mon adresse {}", "secours : {}")),
    "code": (CODE, ("code {}", "le code est {}", "j’ai reçu {} par SMS", "OTP : {}")),
    "password": (
        PASSWORD | PLAIN,
        (
            "mdp : {}",
            "mon mot de passe c’est {}",
            "pwd={}",
            "mot de passe « {} »",
            "mot de passe est {}",
        ),
    ),
}


def runs(text: str) -> set[str]:
    compact = "".join(character for character in text.casefold() if character.isalnum())
    return {compact[start : start + 4] for start in range(len(compact) - 3)}


@pytest.mark.parametrize("kind", CARRIERS)
@EXAMPLES
@given(data=st.data())
def test_no_run_of_a_secret_survives(kind: str, data: st.DataObject) -> None:
    strategy, carriers = CARRIERS[kind]
    secret = data.draw(strategy)
    carrier = data.draw(st.sampled_from(AROUND)).format(data.draw(st.sampled_from(carriers)))
    text = carrier.format(secret)
    redacted = redact(text)
    rest = redacted.text
    for mask in MASKS.values():
        rest = rest.replace(mask, "|")
    assert not runs(secret) & (runs(rest) - runs(carrier.format("|"))), redacted
    assert kind in redacted.kinds
    assert redact(redacted.text).text == redacted.text


@EXAMPLES
@given(data=st.data())
def test_several_secrets_in_one_text(data: st.DataObject) -> None:
    kinds = data.draw(st.lists(st.sampled_from(list(CARRIERS)), min_size=2, max_size=4))
    parts = []
    for kind in kinds:
        strategy, carriers = CARRIERS[kind]
        carrier = data.draw(st.sampled_from(carriers))
        parts.append(carrier.format(data.draw(strategy)))
    text = data.draw(st.sampled_from((". ", ", et ", " ; ", "\n"))).join(parts)
    redacted = redact(text)
    assert redacted.secrets
    assert redact(redacted.text).text == redacted.text


VOCABULARY = st.sampled_from(
    (
        *[
            "mdp",
            "code",
            "numen",
            "sms",
            "tel",
            ":",
            "=",
            "«",
            "»",
            "est",
            "c’est",
            "le",
            "et",
            "ou",
            "[NUMEN]",
            "[CODE]",
            "[MOT",
            "DE",
            "PASSE]",
            "mis",
            "avec",
        ],
        *[
            "Aa1!",
            "1234",
            "06",
            "39",
            "98",
            "12",
            "a@b.fr",
            "FR76",
            "9999",
            "12E3401234XYZ",
            "jdupont",
            "/",
            "(",
            ")",
            ".",
            ",",
            "?",
            "\n",
            "́",
            "\u200b",
        ],
    )
)


@settings(max_examples=250, deadline=None)
@given(st.lists(VOCABULARY, max_size=25).map(" ".join) | st.text(max_size=80))
def test_any_text(text: str) -> None:
    """Offsets are in order, apart and in the text; masking twice changes nothing."""
    redacted = redact(text)
    last = 0
    for secret in redacted.secrets:
        assert last <= secret.start < secret.end <= len(text)
        last = secret.end
    rebuilt, last = "", 0
    for secret in redacted.secrets:
        rebuilt += text[last : secret.start] + MASKS[secret.kind]
        last = secret.end
    assert rebuilt + text[last:] == redacted.text
    assert redact(redacted.text).text == redacted.text
