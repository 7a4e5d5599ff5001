"""The permanent pages: every guide and every desk has one, escaped and complete."""

from __future__ import annotations

import re

import pytest

from aiguilleur import pages
from aiguilleur.knowledge import load, root

KNOWLEDGE = load(root())


@pytest.mark.parametrize("page_id", [*KNOWLEDGE.guides, *KNOWLEDGE.desks])
def test_every_guide_and_desk_has_a_page(page_id: str) -> None:
    html = pages.help_page(KNOWLEDGE, page_id)
    assert html is not None
    assert '<html lang="fr">' in html
    assert "<h1>" in html
    assert not re.findall(r"{\w+}", html)
    assert "<script" not in html


def test_an_unknown_page_is_none() -> None:
    assert pages.help_page(KNOWLEDGE, "nowhere") is None


def test_the_steps_of_a_guide_are_in_order() -> None:
    page = pages.guide_page(KNOWLEDGE, KNOWLEDGE.guides["reset_password"])
    assert [step.text.split()[0] for step in page.steps] == [
        "Ouvrez",
        "Saisissez",
        "Validez",
        "Choisissez",
    ]


def test_what_is_not_confirmed_is_not_on_a_page() -> None:
    html = "".join(pages.help_page(KNOWLEDGE, page) or "" for page in KNOWLEDGE.guides)
    assert "imap.ac-lyon.fr" not in html


def test_the_index_and_the_home_page_name_every_topic() -> None:
    for html in (pages.help_index(KNOWLEDGE), pages.home(KNOWLEDGE)):
        for guide in KNOWLEDGE.guides:
            assert f'href="/aide/{guide}"' in html


def test_the_privacy_page_says_how_long_and_what_is_not_settled() -> None:
    html = pages.privacy_page(KNOWLEDGE)
    assert "rente jours après le dernier message" in html
    assert "« effacer »" in html.replace("\u202f", " ")
    assert html.count("n’a pas encore précisé ce point") == sum(
        known.shown is None for known in KNOWLEDGE.privacy
    )
    assert not re.findall(r"{\w+}", html)
    assert 'href="/confidentialite"' in pages.home(KNOWLEDGE)
