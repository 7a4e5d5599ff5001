"""What a message says in passing, and what the written request makes of it."""

from __future__ import annotations

import pytest

from aiguilleur.dialogue import details
from aiguilleur.knowledge import Knowledge, load, root
from aiguilleur.request import Circumstances, write


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load(root())


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("ça marche plus depuis hier soir", "hier soir"),
        ("jarive pa depui 3 jours", "trois jours"),
        ("bloqué depuis la rentrée", "la rentrée"),
        ("plus rien depuis le 5 septembre au matin", "le 5 septembre"),
        ("depuis le 1er aout", "le 1er août"),
        ("dps lundi matin", "lundi matin"),
        ("j’étais bloqué hier", None),
        ("depuis que j’ai changé de mot de passe", None),
    ],
)
def test_since(text: str, since: str | None) -> None:
    assert details.since(text) == since


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("oui formulaire le 5 et relance le 12", ("par formulaire le 5", "par relance le 12")),
        (
            "j’ai écrit le 5 septembre, relancé lundi",
            ("par écrit le 5 septembre", "par relance lundi"),
        ),
        ("mail envoyé le 12/10", ("par message le 12/10",)),
        ("j’ai rempli un formulaire", ()),
    ],
)
def test_requests_already_sent(text: str, sent: tuple[str, ...]) -> None:
    assert details.sent_on(text) == sent


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("j’ai une AESH qui n’a plus accès", "une AESH"),
        ("c’est pour un nouveau remplaçant", "un remplaçant"),
        ("une collegue de 6e", "une collègue"),
        ("c’est pour ma fille", None),
    ],
)
def test_someone_by_function(text: str, who: str | None) -> None:
    assert details.someone(text) == who


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("il affiche « session expirée » puis plus rien", "session expirée"),
        ('message : "compte temporairement suspendu"', "compte temporairement suspendu"),
        ("j’ai cliqué sur « mot de passe oublié »", None),
        ("ça met « non »", None),
        (
            "écran : 'accès refusé, contactez l'administrateur'",
            "accès refusé, contactez l'administrateur",
        ),
        ("j'ai vu l'écran d'hier et l'autre", None),
    ],
)
def test_message_quoted_from_the_screen(text: str, shown: str | None) -> None:
    assert details.shown_message(text) == shown


def test_a_request_tells_what_was_learned_and_leaves_the_rest_blank(knowledge: Knowledge) -> None:
    told = Circumstances(
        problem="reset_password",
        attempts="trois fois",
        deadline="ce soir",
        stake="saisie des notes",
        since="hier soir",
        place="Vénissieux",
        error="session expirée",
    )
    message = write(knowledge, told).message
    for words in (
        "réinitialisation tentée trois fois",
        "Échéance\u00a0: ce soir (saisie des notes).",
        "Depuis\u00a0: hier soir.",
        "…, Vénissieux.",
        "Message affiché\u00a0: session expirée.",
        "Identifiant\u00a0: …",
        "Le NUMEN n’est pas joint",
    ):
        assert words in message


def test_a_second_resort_recalls_the_requests_already_made(knowledge: Knowledge) -> None:
    told = Circumstances(
        problem="account_anomaly",
        desk_asked="la DSDEN du Rhône",
        desk_asked_at="à la DSDEN du Rhône",
        sent=("par formulaire le 5", "par relance le 12"),
    )
    request = write(knowledge, told)
    assert "second recours après deux demandes à la DSDEN du Rhône" in request.subject
    assert (
        "J’ai saisi la DSDEN du Rhône par formulaire le 5, puis par relance le 12"
        in request.message
    )
    assert (
        "second recours" not in write(knowledge, Circumstances(problem="account_anomaly")).subject
    )


def test_a_request_for_a_colleague_names_the_function_only(knowledge: Knowledge) -> None:
    told = Circumstances(problem="support_contact", for_other=True, who="une AESH")
    request = write(knowledge, told)
    assert request.subject.endswith("pour une AESH de l’établissement")
    assert "une AESH de notre établissement n’a plus accès" in request.message
    assert "Où la joindre" in request.message


@pytest.mark.parametrize("for_other", [False, True])
def test_no_request_leaves_braces(knowledge: Knowledge, for_other: bool) -> None:
    for problem in knowledge.requests:
        for told in (
            Circumstances(problem, for_other),
            Circumstances(problem, for_other, desk_asked="x"),
        ):
            request = write(knowledge, told)
            assert "{" not in request.subject + request.message
            assert request.subject
            assert len(request.message) > 100
