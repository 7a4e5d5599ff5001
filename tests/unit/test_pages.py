"""The permanent pages: every guide and every desk has one, escaped and complete."""

from __future__ import annotations

import re
from dataclasses import replace

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


def test_no_question_is_left_without_anybody_to_answer_it() -> None:
    for guide in KNOWLEDGE.guides.values():
        for case in pages.guide_page(KNOWLEDGE, guide).cases:
            assert case.facts or case.links or not re.fullmatch(r"[^.;:]*\?", case.text)


def test_what_is_not_confirmed_is_not_on_a_page() -> None:
    html = "".join(pages.help_page(KNOWLEDGE, page) or "" for page in KNOWLEDGE.guides)
    assert "imap.ac-lyon.fr" not in html


def test_the_index_names_every_topic_and_every_desk_once() -> None:
    html = pages.help_index(KNOWLEDGE)
    for page_id in (*KNOWLEDGE.guides, *KNOWLEDGE.desks):
        assert html.count(f'href="/aide/{page_id}"') == 1


def test_the_home_page_names_the_most_asked_topics_and_leads_to_all() -> None:
    html = pages.home(KNOWLEDGE, "")
    for guide in KNOWLEDGE.menu[:8]:
        assert f'href="/aide/{guide}"' in html
    assert html.count('href="/aide"') == 2
    assert 'href="/confidentialite"' in html


def test_markup_in_the_knowledge_stays_text() -> None:
    markup = "<script>alert(1)</script>"
    guide = KNOWLEDGE.guides["mailbox_full"]
    nodes = {name: replace(node, text=(markup,)) for name, node in guide.nodes.items()}
    hostile = replace(guide, title=markup, source_label=markup, nodes=nodes)
    knowledge = replace(KNOWLEDGE, guides={**KNOWLEDGE.guides, "mailbox_full": hostile})
    page = pages.help_page(knowledge, "mailbox_full") or ""
    for html in (page, pages.help_index(knowledge), pages.home(knowledge, markup)):
        assert markup not in html
        assert "&lt;script&gt;" in html


def test_the_day_of_the_last_check_is_written_as_in_french() -> None:
    html = pages.help_page(KNOWLEDGE, "mailbox_full") or ""
    assert "vérifié le 23 novembre 2026" in html


def test_a_desk_hands_over_to_the_topic_of_contacts() -> None:
    assert 'href="/?sujet=support_contact"' in (pages.help_page(KNOWLEDGE, "dsden42") or "")
    assert 'href="/?sujet=mailbox_full"' in (pages.help_page(KNOWLEDGE, "mailbox_full") or "")


def test_the_privacy_page_says_how_long_and_what_is_not_settled() -> None:
    html = pages.privacy_page(KNOWLEDGE)
    assert "rente jours après le dernier message" in html
    assert "« effacer »" in html.replace("\u202f", " ")
    assert html.count("n’a pas encore précisé ce point") == sum(
        known.shown is None for known in KNOWLEDGE.privacy
    )
    assert not re.findall(r"{\w+}", html)
