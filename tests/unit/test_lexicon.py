"""Concepts in texts as people type them, and the file refused when it is wrong."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from aiguilleur.errors import LexiconError
from aiguilleur.lexicon import Lexicon
from aiguilleur.lexicon.source import read_source
from aiguilleur.lexicon.text import fold, sound, split
from aiguilleur.settings import ROOT

PATH = ROOT / "data" / "lexicon.yml"

RELIED_ON = [
    "act_yes",
    "act_no",
    "act_unknown",
    "act_done",
    "act_works",
    "act_still",
    "act_where",
    "act_not_understood",
    "act_repeat",
    "act_back",
    "act_wait",
    "act_show_all",
    "act_cancel",
    "act_human",
    "act_goodbye",
    "act_thanks",
    "act_erase",
    "act_summary",
    "act_correction",
    "act_what_if",
    "act_why",
    "act_sent",
    "act_cannot_write",
    "act_which_first",
    "act_how_long",
    "act_prevent",
    "act_insult",
    "act_is_robot",
    "attr_for_other",
    "attr_functional_mailbox",
    "attr_primary_school",
    "attr_secondary_school",
    "attr_office",
    "attr_temporary",
    "attr_first_connection",
    "attr_left_service",
    "attr_from_other_academy",
    "attr_two_schools",
    "attr_outage",
    "attr_only_school",
    "attr_only_home",
    "attr_deadline",
    "attr_urgent",
    "attr_anger",
    "attr_distress",
    "attr_after_change",
    "attr_attempts",
    "attr_waiting",
    "attr_contacted_dsden",
    "attr_contacted_rectorat",
    "obj_password",
    "obj_identifier",
    "obj_webmail",
    "obj_mailbox",
    "obj_code",
    "obj_sms",
    "obj_backup_address",
    "obj_mobile",
    "obj_numen",
    "obj_phone_device",
    "obj_computer",
    "obj_thunderbird",
    "obj_outlook",
    "obj_apple_mail",
    "obj_iphone",
    "obj_android",
    "obj_browser",
    "obj_ssl",
    "obj_port",
    "obj_server",
    "obj_smtp",
    "obj_imap",
    "obj_settings",
    "obj_attachment",
    "obj_trash",
    "obj_spam",
    "obj_sent",
    "obj_filter",
    "obj_forward",
    "obj_quota",
    "obj_link",
    "obj_page",
    "obj_form",
    "obj_phone_call",
    "obj_dsden",
    "obj_rectorat",
    "obj_request",
    "obj_email_address",
    "st_forgot",
    "st_lost",
    "st_refused",
    "st_blocked",
    "st_full",
    "st_not_received",
    "st_expired",
    "st_wrong",
    "st_hacked",
    "st_clicked",
    "st_gave",
    "st_asked_for",
    "st_not_sent",
    "st_not_syncing",
    "st_slow",
    "st_bounce",
    "st_none_registered",
    "st_changed",
    "st_nothing_shown",
    "v_open",
    "v_find",
    "v_change",
    "v_reset",
    "v_add",
    "v_check",
    "v_install",
    "v_send",
    "v_receive",
    "v_delete",
    "v_archive",
    "v_contact",
    "v_follow_up",
    "v_share",
    "other_product",
]

FOUND = [
    ("oui", "act_yes"),
    ("ouiii c'est ca", "act_yes"),
    ("wi", "act_yes"),
    ("non pas du tout", "act_no"),
    ("nan", "act_no"),
    ("jsp", "act_unknown"),
    ("aucune idée", "act_unknown"),
    ("chsais pas, je sais plus", "act_unknown"),
    ("c'est fait", "act_done"),
    ("ok c passé", "act_done"),
    ("voilà", "act_done"),
    ("g tout fait", "act_done"),
    ("ça marche !", "act_works"),
    ("super ça marche", "act_works"),
    ("c reglé", "act_works"),
    ("nickel", "act_works"),
    ("oui il s'ouvre", "act_works"),
    ("il vient d'arriver", "act_works"),
    ("toujours bloqué", "act_still"),
    ("tjs rien", "act_still"),
    ("pareil", "act_still"),
    ("marche pas", "act_still"),
    ("même chose", "act_still"),
    ("encore refusé", "act_still"),
    ("c'est où ?", "act_where"),
    ("ou ca", "act_where"),
    ("je trouve pas", "act_where"),
    ("comment on fait ?", "act_where"),
    ("j'ai pas compris", "act_not_understood"),
    ("c'est à dire ?", "act_not_understood"),
    ("hein", "act_not_understood"),
    ("vous pouvez répéter ?", "act_repeat"),
    ("étape d'avant", "act_back"),
    ("retour", "act_back"),
    ("attendez 2 min", "act_wait"),
    ("je regarde", "act_wait"),
    ("tout voir", "act_show_all"),
    ("toutes les étapes", "act_show_all"),
    ("stop", "act_cancel"),
    ("on recommence", "act_cancel"),
    ("je voudrais parler à quelqu'un", "act_human"),
    ("au revoir", "act_goodbye"),
    ("merci bcp", "act_thanks"),
    ("effacer mes données", "act_erase"),
    ("effacer", "act_erase"),
    ("un récap svp", "act_summary"),
    ("non plutôt la Loire", "act_correction"),
    ("je me suis trompée", "act_correction"),
    ("et si ça marche pas ?", "act_what_if"),
    ("pourquoi ?", "act_why"),
    ("c'est envoyé", "act_sent"),
    ("mais je ne peux pas leur écrire", "act_cannot_write"),
    ("je commence par qui ?", "act_which_first"),
    ("combien de temps ça prend", "act_how_long"),
    ("pour éviter que ça recommence", "act_prevent"),
    ("vous êtes un robot ?", "act_is_robot"),
    ("ma collègue n'arrive plus à se connecter", "attr_for_other"),
    ("une collègue de Givors n’arrive plus à ouvrir ses mails", "attr_for_other"),
    ("la boîte fonctionnelle de l'école", "attr_functional_mailbox"),
    ("je suis contractuelle", "attr_temporary"),
    ("première connexion", "attr_first_connection"),
    ("je suis à la retraite", "attr_left_service"),
    ("depuis que j'ai changé le mot de passe", "attr_after_change"),
    ("j'ai essayé trois fois", "attr_attempts"),
    ("quinze jours que j'attends", "attr_waiting"),
    ("silence radio", "attr_waiting"),
    ("j'ai déjà écrit à la dsden", "attr_contacted_dsden"),
    ("j'ai relancé le rectorat", "attr_contacted_rectorat"),
    ("c'est urgent", "attr_urgent"),
    ("dernier délai ce soir", "attr_deadline"),
    ("y en a marre", "attr_anger"),
    ("g oublié mon mdp", "st_forgot"),
    ("mot de pase oublier", "forgot_password"),
    ("jarrive pa a me conecté", "st_cannot_open"),
    ("j'ai pas reçu le code", "code_not_received"),
    ("le sms n'arrive jamais", "code_not_received"),
    ("ma mesagerie est pleine", "box_full"),
    ("pas d'adresse de secours", "not_obj_backup_address"),
    ("mon numen est bloké", "numen_refused"),
    ("thunderbird ne releve plus mes mails", "client_fails"),
    ("0x800CCC0E", "obj_client_error"),
    ("N.U.M.E.N.", "obj_numen"),
    ("Pronote", "other_product"),
    ("👍", "act_yes"),
]

ABSENT = [
    ("aucun code reçu", "act_works"),
    ("ça ne marche pas", "act_works"),
    ("je l’ai oublié", "act_yes"),
    ("sinon mon numen", "act_what_if"),
    ("délai d’attente dépassé", "st_full"),
    ("je n'ai pas oublié mon mot de passe", "forgot_password"),
    ("je suis dans le Rhône", "v_follow_up"),
    ("Bonjour Madame", "other_product"),
    ("c'est fatigant", "attr_distress"),
    ("je clique sur le bouton", "st_clicked"),
    ("mon compte bancaire", "obj_account"),
]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.cached(PATH)


def test_every_concept_others_rely_on_exists() -> None:
    source = read_source(PATH)
    names = {concept.name for concept in source.concepts} | {frame.name for frame in source.frames}
    assert set(RELIED_ON) <= names
    assert 120 <= len(source.concepts) <= 220


@pytest.mark.parametrize(("text", "concept"), FOUND)
def test_found(lexicon: Lexicon, text: str, concept: str) -> None:
    assert concept in lexicon.read(text).concepts


@pytest.mark.parametrize(("text", "concept"), ABSENT)
def test_absent(lexicon: Lexicon, text: str, concept: str) -> None:
    assert concept not in lexicon.read(text).concepts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("J’arrive", ["j'", "arrive"]),
        ("ok?jarive", ["ok", "?", "jarive"]),
        ("l ai", ["l'", "ai"]),
        ("Ouiiii", ["ouii"]),
        ("prenom.nom@ac-lyon.fr !", ["_email_", "."]),
        ("cé bon", ["c'", "est", "bon"]),
        ("e-mail", ["email"]),
    ],
)
def test_split(text: str, words: list[str]) -> None:
    assert split(text) == words


def test_fold_and_sound() -> None:
    assert fold("Éœ’À") == "eoe'a"
    assert sound("bloke") == sound("bloquer")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mesagerie", ("messagerie",)),
        ("identifian", ("identifiant",)),
        ("jarive", ("j", "arrive")),
        ("mdp", ("mot", "de", "passe")),
        ("meyzieu", ("meyzieu",)),
    ],
)
def test_mend(lexicon: Lexicon, typed: str, meant: tuple[str, ...]) -> None:
    assert lexicon.mend(typed)[0] == meant


def test_survives_its_own_json(lexicon: Lexicon) -> None:
    again = Lexicon.from_json(lexicon.to_json())
    for text, _ in FOUND:
        assert again.read(text) == lexicon.read(text)


@pytest.mark.parametrize(
    "text", ["", "   ", "?!", "[NUMEN]", "é" * 2000, "a " * 1000, "\u202f", "🤷‍♀️"]
)
def test_reads_anything(lexicon: Lexicon, text: str) -> None:
    lexicon.read(text)


def test_is_quick(lexicon: Lexicon) -> None:
    started = time.perf_counter()
    for text, _ in FOUND * 5:
        lexicon.read(text)
    assert (time.perf_counter() - started) / (len(FOUND) * 5) < 0.002


BAD = [
    ("concepts:\n  Obj: [a]\n", "Obj", "nom de concept"),
    ("concepts:\n  obj_a: []\n  obj_a: []\n", "obj_a", "deux fois"),
    ("concepts:\n  obj_a:\n    mots: [a]\n", "mots", "clé"),
    ("concepts:\n  obj_a: [(a]\n", "(a", "parenthèse"),
    ("concepts:\n  obj_a: ['a (b (c))']\n", "a (b", "parenthèse"),
    ("concepts:\n  obj_a: ['... a']\n", "... a", "expression"),
    ("concepts:\n  obj_a: oui\n", "obj_a", "vide ou mal aligné"),
    ("concepts:\n  obj_a:\n    negation: peut-être\n    words: [a]\n", "obj_a", "négation"),
    ("concepts:\n  obj_a: [a]\nframes:\n  both: [obj_a + obj_b]\n", "obj_b", "n’existe pas"),
    ("concepts:\n  obj_a: [a\n", "ligne", "YAML"),
    ("concept: {}\n", "concept", "inconnue"),
    ("", "lexicon.yml", "vide"),
    ("concepts:\n  obj_a: [a]\n  nlu: [b]\n", "ligne 3", "Rasa"),
]


@pytest.mark.parametrize(("text", "entry", "why"), BAD)
def test_refused_with_entry_and_remedy(tmp_path: Path, text: str, entry: str, why: str) -> None:
    path = tmp_path / "lexicon.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError) as refused:
        read_source(path)
    assert "lexicon.yml" in str(refused.value)
    assert entry in str(refused.value)
    assert why in str(refused.value)
    assert refused.value.remedy
