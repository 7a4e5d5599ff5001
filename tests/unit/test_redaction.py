"""What is masked and what is left alone, sentence by sentence.

In MARKED the secrets stand between ⟦ and ⟧; every number, name and address is invented.
"""

from __future__ import annotations

import re

import pytest

from aiguilleur.redaction import KINDS, MASKS, Redacted, Secret, redact, redact_json

MARKED = {
    "password": [
        "mdp : ⟦tartiflette⟧",
        "identifiant : pdurmont / mot de passe : ⟦Cerise_12⟧",
        "j’essaie ⟦Crapaud1⟧ ⟦Crapaud2⟧ ⟦Crapaud3⟧ aucun mot de passe ne passe",
        "ma phrase de passe c’est ⟦les vaches regardent passer le train⟧",
        "mot de passe ⟦qwertyuiop⟧",
        "le mot de passe provisoire qu’on m’a donné est ⟦Xk82-pluto⟧",
        "⟦Soleil*2024⟧ c’est mon mot de passe",
        "Tu peux te connecter avec lmartelin / ⟦Champignon7⟧",
        "mes identifiants : lmartelin ⟦Champignon77⟧",
        "mes codes : lmartelin / ⟦champignon⟧",
        "password: ⟦sunshine⟧",
        "code d’accès ⟦Tulipe-45⟧",
        "code d’accès : ⟦7Hg-kk2⟧",
        "j’ai remplacé ⟦Ficelle66⟧ par ⟦Bobine77⟧ et depuis plus rien",
        "Bonjour, mon identifiant est pdurmont et mon mot de passe ⟦Mimosa1962⟧.",
        "mdp ⟦azerty123⟧ refusé",
        "mot de passe actuel ⟦Pasteque12⟧",
        "nouveau mot de passe : ⟦Pasteque13⟧",
        "l’ancien mot de passe c’était ⟦clafoutis⟧, le nouveau c’est ⟦croustade⟧",
        "mon mot de passe c'est ⟦24051978⟧",
        "motdepasse: ⟦libellule⟧",
        "mot d passe : ⟦libellule⟧",
        "mots de passe : ⟦libellule⟧ ou ⟦coccinelle⟧",
        "⟦M0tdep@sse2025⟧ ça ne marche pas",
        "je voudrais mettre ⟦Vercors*2041⟧, c’est assez long ?",
        "voici mon mot de passe\n⟦Nenuphar34⟧",
        "Identifiant : pdurmont\nMot de passe : ⟦nenuphar⟧\nMerci",
        "je me connecte avec pdurmont puis ⟦Zigzag!9⟧",
        "le mdp c ⟦toto⟧",
        "le mail me donne le mot de passe suivant : ⟦aB3dE5fG⟧",
        "mdp -> ⟦Chamois.73⟧",
        'mot de passe: "⟦chamois⟧"',
        "(mdp : ⟦chamois⟧)",
        "avec le mot de passe ⟦ChamoisBleu⟧ je rentre mais pas dans Arena",
        "mon mot de passe (celui de l’an dernier) : ⟦tagliatelle⟧",
        "vous pouvez essayer avec mon mot de passe qui est ⟦Barbapapa7⟧",
        "le mdp que j’utilise : ⟦barbapapa⟧",
        "pour info mon mot de passe = ⟦Grognard.21⟧",
        "mot de passe '⟦zigoto⟧' invalide",
        "Mot de passe : ⟦Zigoto⟧",
        "mot de passe: ⟦zigoto12⟧, identifiant: fkermit",
        "tu te connectes avec fkermit et ⟦zigoto42⟧",
        "le mot de passe affiché sur la feuille est ⟦q7W-trn9⟧",
        "mon premier mot de passe était ⟦q7Wtrn9x⟧",
        "mdp initial ⟦q7wtrn9x⟧",
        "ma passphrase : ⟦cinq autruches jouent aux cartes⟧",
        "ma phrase de passe est « ⟦mon perroquet mange des kiwis⟧ »",
        "la phrase secrète c’est ⟦perroquet kiwi tambour⟧",
        "mon mot de passe c’est ⟦perroquet-kiwi-tambour⟧",
        "mot de passe ⟦perroquet⟧",
        "c’est ⟦perroquet⟧ mon mot de passe",
        "⟦perroquet⟧ est mon mot de passe depuis 10 ans",
        "j’ai mis ⟦perroquet⟧ comme mdp",
        "remplacer ⟦Perroquet12⟧ par ⟦Perroquet13⟧",
        "mon mot de passe Ent c’est ⟦perroquet1⟧ et arena ⟦perroquet2⟧",
        "Le mdp de ce.0421234x@ac-lyon.fr est ⟦Ecole!1234⟧",
        "son mot de passe est ⟦tournevis44⟧",
        "mot de passe messagerie ⟦tournevis44⟧",
        "mot de passe messagerie : ⟦tournevis⟧",
        "mon mot de passe messagerie, ⟦tournevis44⟧, est refusé",
        "code d'accès provisoire ⟦7PLM-33⟧",
        "⟦P@ssw0rd⟧",
        "c’est bien ⟦P@ssw0rd1⟧ ?",
        "⟦Azerty123!⟧",
        "⟦Motdepasse1⟧",
        "je colle ⟦Xk9-mQ2v-77zt⟧ dans la case, refus",
        "my password is ⟦banana⟧",
        "pass=⟦banana⟧",
        "mdp ⟦banana⟧",
        "mdp;⟦banana⟧",
        "mdp - ⟦banana⟧",
        "mdp=⟦bana⟧ na",
        "le mot de passe : c’est ⟦banana⟧",
        "mot de passe → ⟦banana⟧",
        "mot de passe ? ⟦banana99⟧",
        "mon mot de passe c’est ⟦Jean-Pierre⟧",
        "mon mot de passe est ⟦1234abcd⟧",
        "Depuis ce matin ⟦Rateau2025?⟧ ne passe plus sur la messagerie",
        "mon mdp perso c’est ⟦ourson99⟧, il marche sur Pronote",
        "j’ai un mot de passe du genre ⟦Ourson-brun-99⟧",
        "le mot de passe que m’a donné la secrétaire (⟦Rx7pLm2w⟧) est refusé",
        "Quand je mets ⟦ourson99⟧ ça dit mot de passe incorrect",
        "⟦trompette12⟧ est trop court comme mdp ?",
        "est-ce que ⟦trompette12⟧ irait comme nouveau mot de passe ?",
        "ancien mdp ⟦trompette12⟧ nouveau mdp ⟦clarinette34⟧",
        "c’est quoi le problème avec ⟦Trompette_12⟧ ? mon mot de passe est bon",
        "Impossible de me connecter, hbaloo ⟦Trompette12⟧",
        "je vous donne mon mot de passe : ⟦trompette⟧",
        "mon mot de passe : '⟦Trompette 12⟧'",
        "mdp: ⟦tr0mp3tte⟧",
        "mdp : #⟦trompette⟧",
        "mdp : @⟦zerty88⟧",
        "mdp : ⟦TrompetteClarinette⟧",
        "mdp : ⟦Marie1975⟧",
        "mdp : ⟦Windows2025⟧",
        "mdp : ⟦Juillet2025⟧",
        "mon mdp ⟦Juillet2025!⟧ ne marche pas",
        "j’ai mis ⟦Rentree2025!⟧ pour me connecter",
        "mot de passe : ⟦2025Rentree⟧",
        "code d'accès au portail : ⟦45B77⟧",
        "code secret : ⟦pingouin⟧",
        "identifiants : hbaloo/⟦pingouin⟧",
        "Login: hbaloo Password: ⟦pingouin⟧",
        "login hbaloo, password ⟦pingouin⟧",
        "id : hbaloo / pass : ⟦pingouin⟧",
        "hbaloo | ⟦Pingouin_1⟧",
        "compte hbaloo, mot de passe inchangé : ⟦pingouin⟧",
        "mot de passe tout attaché : ⟦pingouinbleu⟧",
        "mot de passe de secours ⟦Pingouin%7⟧",
        "Le mot de passe est : « ⟦Pingouin⟧ »",
        "mot passe ⟦pingouin7⟧",
        "j’ai essayé ⟦pingouin1⟧ puis ⟦pingouin2⟧ aucun mot de passe accepté",
        "zut j’ai écrit ⟦Pingouin77⟧ dans l’objet du mail",
        "Mon mot de passe a été volé, c’était ⟦pingouin77⟧",
        "mdp donné par le collège : ⟦Perdrix-2B⟧",
        "ma phrase de passe « ⟦trois loutres sur un toboggan⟧ » est refusée",
        "ma phrase de passe, ⟦trois loutres sur un toboggan⟧, est refusée",
        "mon mot de passe c ⟦loutre⟧",
        "mot de passe wifi prof : ⟦loutre⟧",
        "⟦loutre61⟧ mot de passe refusé",
    ],
    "password in other words": [
        "login hbaloo mdp ⟦cerisier⟧",
        "login hbaloo mot de passe ⟦Trompette⟧ ne passe pas",
        "mon mot de passe est ⟦bonjour⟧",
        "le pass c ⟦trompette⟧",
        "mon mdp de messagerie est ⟦mon chat dort toujours⟧",
        "mon mdp ⟦Trompette!⟧ marche pas",
        "mon mot de passe ⟦Trompette⟧ ne marche pas",
        "mon mot de passe (⟦trompette⟧) est refusé",
        "mon mot de passe, ⟦trompette⟧, est refusé",
        "j’ai tapé ⟦trompette⟧ mais mot de passe incorrect",
        "pour le mot de passe je mets ⟦trompette⟧",
        "j’ai essayé avec ⟦trompette⟧ puis ⟦clarinette⟧, mot de passe refusé",
        "j’ai changé mon mot de passe pour ⟦trompette⟧",
        "merci de remettre mon mot de passe à ⟦trompette⟧",
        "mon mot de passe est passé de ⟦trompette⟧ à ⟦clarinette⟧",
        "ce n’est pas ⟦trompette⟧ mais ⟦clarinette⟧ mon mot de passe",
        "mon mot de passe c’est ⟦Trompette12⟧ et pas ⟦trompette⟧",
        "⟦trompette⟧ est-il un bon mot de passe ?",
        "est-ce que ⟦trompette⟧ est un bon mot de passe ?",
        "⟦trompette⟧ n’est plus mon mot de passe",
        "⟦24051978⟧ c’est mon mot de passe",
        "je voudrais ⟦trompette⟧ comme mot de passe",
        "mon mot de passe, c’est mon prénom ⟦Trompette⟧",
        "le mot de passe est ma date de naissance ⟦24051978⟧",
        "mdp par défaut ⟦trompette⟧",
        "mot de passe messagerie ⟦trompette⟧",
        "mon mdp cé ⟦trompette⟧",
        "mdp hbaloo : ⟦trompette⟧",
        "mes identifiants : hbaloo et ⟦trompette⟧",
        "jé mi ⟦trompette26⟧ é sa march pa",
        "MON MOT DE PASSE EST ⟦TROMPETTE⟧",
        "code de l’ordi portable : ⟦prof4521⟧",
        "voici la phrase que j’ai choisie : ⟦trois loutres sur un toboggan⟧",
        "je voulais mettre ⟦Trompette&14⟧ mais il refuse",
        "mot de passe « ⟦24051978⟧ »",
    ],
    "code": [
        "le texto dit ⟦A7K9Q2⟧",
        "⟦A7K9Q2⟧ c’est le code",
        "ma clé affiche ⟦018 442⟧",
        "mon code, lettre à lettre : ⟦quatre huit deux neuf un trois⟧",
        "mon code secret est ⟦2580⟧",
        "code ⟦482913⟧",
        "⟦48 29 13⟧ c’est le code que j’ai eu",
        "j’ai reçu ⟦482913⟧ par sms mais il est refusé",
        "Votre code de confirmation est le ⟦4829⟧. Ne le communiquez pas.",
        "G-⟦482913⟧ est votre code de validation Google",
        "je rentre ⟦4 8 2 9 1 3⟧ et le code est invalide",
        "⟦482913⟧",
        "c’est ⟦482913⟧",
        "le texto disait ⟦48291⟧",
        "code ⟦A7K9Q2⟧ reçu",
        "j’ai tapé le code ⟦482913⟧ à 14h30, expiré",
        "code de déverrouillage : ⟦4829⟧",
        "vérification en deux étapes : ⟦482913⟧",
        "Codes reçus : ⟦482913⟧, ⟦591337⟧",
        "mon code est ⟦tournevis44⟧",
        "mon code confidentiel : ⟦77412⟧",
        "j’ai reçu le code ⟦771204⟧ mais trop tard",
        "⟦771204⟧, refusé aussi, j’en ai marre de ces codes",
        "le code que j’ai reçu c’est ⟦7712⟧",
        "code reçu par mail à 14h : ⟦771204⟧",
        "le code « ⟦771204⟧ » est expiré",
        "code n° ⟦771204⟧",
        "⟦7-7-1-2-0-4⟧ code reçu",
        "ton code c’est ⟦7 7 1 2 0 4⟧ ?",
        "je n’ai que ⟦771204⟧ comme code de secours",
        "A2F : ⟦771204⟧",
        "code de connexion : ⟦zx81-44⟧",
        "c’est l’identifiant hbaloo et le code ⟦pingouin77⟧",
        "le code reçu ⟦20417⟧ ne passe pas",
        "mon code de validation c’est le ⟦3380⟧ je crois",
        "code temporaire ⟦559 012⟧ reçu sur mon mail perso",
        "⟦559-012⟧ refusé, encore un code pour rien",
        "la page veut un code à 6 chiffres, j’ai ⟦559012⟧",
    ],
    "numen": [
        "mon numen lettre à lettre : ⟦douze E trois quatre zéro un deux X Y Z⟧",
        "NUMEN⟦12E3401234XYZ⟧",
        "mon nunem est ⟦12E340123XYZ⟧",
        "numen ⟦E3401234XYZ⟧",
        "NUMEN : ⟦12 E 34 01234 XYZ⟧",
        "numen ⟦12.E.34.01234.XYZ⟧",
        "mon numen : ⟦1 2 E 3 4 0 1 2 3 4 X Y Z⟧",
        "⟦12EO4O1234XYZ⟧",
        "numen ⟦12E340123XYZ⟧",
        "numen ⟦12E34012345XYZ⟧",
        "NUMEN ⟦12E34 01234XYZ⟧",
        "le numéro ⟦12E3401234XYZ⟧ est-il un numen ?",
        "⟦12E3401234XYZ⟧ est refusé dans la case NUMEN",
        "numen : ⟦12E 3401234 XYZ⟧, merci",
        "numen=⟦12e3401234xyz⟧",
        "numen ⟦123401234XYZ⟧",
        "numen ⟦12E3401234XYZZ⟧",
        "mon numen (⟦12E_34_01234_XYZ⟧)",
        "mon NUMEN, ⟦07 B 21 55678 KLM⟧, est-il à donner au téléphone ?",
        "⟦07B2155678KLM⟧ c’est bien un numen ?",
        "le principal m’a demandé mon numen, j’ai répondu ⟦07b2155678klm⟧ par mail",
        "NUMEN:⟦07B2155678KLM⟧, NOM:",
        "numen ⟦07B 21 55 678 KLM⟧",
        "⟦O7B2155678KLM⟧",
        "numen ⟦O7B2I55678KLM⟧",
        "mon numen ⟦07B2155678KL M⟧ ne passe pas",
        "⟦07B2155678K LM⟧",
        "numen ⟦07.B.21.55678.KLM⟧ ou ⟦07B2155678KLN⟧",
        "mon numen commence par ⟦07B21⟧",
        "j’ai tapé ⟦07B2155678KLM1⟧ dans numen",
        "numen : ⟦B072155678KLM⟧",
        "numen ⟦07B2155678 KLM⟧ refusé 3 fois",
        "le numen de M. Kazoo est ⟦31 F 02 44556 QRS⟧",
        "⟦31f0244556qrs⟧ ou ⟦31F0244556QRT⟧, je ne sais plus",
        "NUMEN = ⟦31F 02 44556 QRS⟧",
        "numen : ⟦31 F 0244556QRS⟧",
        "numen ⟦31F024456QRS⟧",
        "numen ⟦31F02444556QRS⟧",
    ],
    "phone": [
        "⟦06:39:98:12:34⟧",
        "le ⟦6 39 98 12 34⟧ n’est plus valable",
        "tel ⟦zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre⟧",
        "appelez-moi au ⟦0639981234⟧",
        "⟦06.39.98.12.34⟧",
        "⟦06-39-98-12-34⟧",
        "⟦06/39/98/12/34⟧",
        "⟦+33639981234⟧",
        "⟦+33 (0)6 39 98 12 34⟧",
        "⟦0033 6 39 98 12 34⟧",
        "⟦(+33) 6 39 98 12 34⟧",
        "tel ⟦063 998 1234⟧",
        "⟦0 6 3 9 9 8 1 2 3 4⟧",
        "tél. : ⟦01 99 00 12 34⟧",
        "joignable au ⟦02-61-91-12-34⟧ ou ⟦04 65 71 12 34⟧",
        "⟦06 39 98 12 34⟧.",
        "⟦33 6 39 98 12 34⟧",
        "mon num ⟦6 39 98 12 34⟧",
        "⟦0639 98 12 34⟧",
        "le code est envoyé au ⟦06 39 98 12 34⟧ qui n’est plus à moi",
        "rappelez-moi au ⟦06 39 98 45 67⟧ après 17h",
        "⟦(06) 39 98 45 67⟧",
        "⟦06 - 39 - 98 - 45 - 67⟧",
        "tél:⟦0639984567⟧",
        "⟦+33.6.39.98.45.67⟧",
        "⟦+33-6-39-98-45-67⟧",
        "⟦+33 06 39 98 45 67⟧",
        "⟦+33(0)639984567⟧",
        "⟦0033(0)6 39 98 45 67⟧",
        "⟦06 39 98 456 7⟧",
        "⟦063998 4567⟧",
        "⟦O6 39 98 45 67⟧",
        "⟦06 39 98 45 67⟧ ou fixe ⟦04.65.71.22.33⟧",
        "le ⟦0639984567⟧ n’est plus valable",
        "le code part sur ⟦+33 6 39 98 45 67⟧",
        "mon n° ⟦06 39 98 44 33⟧ merci",
        "⟦+33639984433⟧ pour me joindre",
    ],
    "email": [
        "mon adresse ⟦zorglub trekkeur arobase example.org⟧",
        "⟦zorglub_arobase_example.org⟧",
        "⟦zorglub@@example.org⟧",
        "⟦zorglub . trekkeur @ ac-lyon . fr⟧",
        "⟦zorglub.xyzt@gmail.com⟧",
        "mon adresse perso est ⟦zorglub_42@example.org⟧",
        "⟦zorglub (at) example.com⟧",
        "⟦zorglub[at]example[dot]com⟧",
        "⟦zorglub arobase example point org⟧",
        "⟦zorglub at example.org⟧",
        "⟦zorglub @ example.com⟧",
        "c’est ⟦zorglub.trek@gmail⟧",
        "adresse de secours:⟦zorglub@example.com⟧.",
        "⟦ZORGLUB.Trek@EXAMPLE.ORG⟧",
        "mailto:⟦zorglub⟧@example.com",
        "<⟦zorglub@example.com⟧>",
        "j’écris depuis ⟦marie-odile.zyxo@ac-grenoble.fr⟧",
        "mon adresse est ⟦z.trek2@ac-lyon.fr⟧",
        "⟦zorglub.trek at ac-lyon.fr⟧",
        "⟦zorglub+spam@example.org⟧",
        "⟦grand-pere.zouzou@gmail.com⟧ svp",
        "⟦zouzou1234@example.com⟧ et non ⟦zouzou@example.org⟧",
        "⟦zouzou(at)example.com⟧",
        "⟦zouzou [arobase] example.com⟧",
        "⟦zouzou AT example DOT com⟧",
        "zouzou ⟦trala@gmail.com⟧",
        "⟦zouzou@gmail . com⟧",
        "⟦z.trala@etu.example.org⟧",
        "⟦zoe.tralala@ac-versailles.fr⟧",
        "⟦Zoe.Tralala2@ac-lyon.fr⟧",
        "⟦zoe.tralala(a)ac-lyon.fr⟧",
        "https://hbaloo:⟦pingouin⟧@webmail.example.org",
        "⟦pupuce_zz@gmail.com⟧",
        "mon adresse de secours ⟦pupuce.zz⟧ (arobase) gmail (point) com",
        "⟦pupuce.zz⟧[@]gmail.com",
    ],
    "nir": [
        "⟦1 84 12 99 123 456⟧ 78",
        "n° de sécu ⟦184129912345600⟧",
        "sécurité sociale : ⟦2.84.12.2A.999.999⟧",
        "⟦1841299123456⟧",
        "mon nir ⟦2 75 03 2B 999 999 12⟧",
        "mon n° de sécurité sociale est ⟦1 90 05 99 352 001 12⟧",
        "⟦190059935200112⟧ n° ss",
        "⟦2-90-05-99-352-001⟧",
        "⟦2900599352001⟧",
        "secu ⟦29005 99352 001⟧",
        "NIR : ⟦2 90 05 2A 999 999 24⟧",
        "numéro INSEE ⟦2 90 05 99 352 001⟧",
    ],
    "iban": [
        "IBAN ⟦FR76 9999 9000 0112 3456 7890 123⟧",
        "⟦fr7699999000011234567890123⟧",
        "RIB ⟦99999 00001 12345678901 23⟧",
        "iban : ⟦FR12 9999 9000 0112 3456 7890 123⟧",
        "⟦FR12-9999-9000-0112-3456-7890-123⟧",
        "mon rib : ⟦99999 12345 00012345678 90⟧",
    ],
    "card": [
        "carte bancaire ⟦4111 1111 1111 1111⟧",
        "⟦4111111111111111⟧",
        "ma CB ⟦5555-5555-5555-4444⟧",
        "numéro de carte ⟦4000 0000 0000 0002⟧",
        "CB ⟦4000000000000002⟧ exp 12/27",
        "⟦4000000000000002⟧ 12/27",
    ],
    "several": [
        "SMS envoyé au ⟦06 39 98 45 67⟧, code ⟦771204⟧ non accepté",
        "e-mail:⟦zouzou_trala@gmail.com⟧/⟦06 39 98 45 67⟧",
    ],
}

CLEAN = [
    "notre boite fonctionnelle ce.0690082p n'accepte plus le mot de passe",
    "ok et si elle passe pas au lycée, elle est en tzr sur trois etablissements ?",
    "et pour la boite ce. le mot de passe marche, c'est les pièces jointes qui partent pas",
    "un prof a perdu son mot de passe et il est en arrêt",
    "son mdp marche plus et elle est en stage",
    "mon mot de passe c’est n’importe quoi",
    "imaps://messagerie:993",
    "le 20/10/2025 10/11/2025 20/12/2025 mot de passe refusé",
    "j’ai trois cent quarante-deux mille messages",
    "mon mot de passe n’est pas faux mais expiré",
    "ce n’est pas mon compte mais celui de ma collègue, mot de passe perdu",
    "j’ai changé mon mot de passe par précaution",
    "mon mot de passe reste bloqué",
    "mon mot de passe est à changer avant minuit",
    "Arena refuse mon mot de passe",
    "mot de passe : cherchez la ligne de la messagerie",
    "mon mdp s’est effacé",
    "le code de la photocopieuse ne marche pas",
    "adresse MAC 00:11:22:33:44:55",
    "mon mot de passe commence par Zig et finit par 2024",
    "mot de passe admin",
    "mdp oublié",
    "le code n'arrive pas",
    "mot de passe refusé sur Thunderbird115",
    "« Nom d’utilisateur ou mot de passe incorrect »",
    "le mot de passe est bon pourtant",
    "mot de passe académique perdu",
    "mot de passe d'application Gmail",
    "mot de passe = identifiant ?",
    "j’ai changé mon mot de passe en septembre",
    "j’ai changé de mot de passe et mon iPhone14 redemande",
    "j’utilise Outlook2019 et mon mot de passe est refusé",
    "je suis en 6eB et mon mot de passe pronote marche pas",
    "mot de passe perdu, collège Jean Moulin 0690082P",
    "erreur 0x800CCC0E après saisie du mot de passe",
    "535 5.7.8 Error: authentication failed: mot de passe",
    "HTTP 503",
    "ticket INC-558124, mot de passe toujours bloqué",
    "p.moreau",
    "SIRET 130 021 066 00012",
    "69003 Lyon",
    "code postal 42000",
    "code erreur 50126",
    "le code reçu à 14h30 le 12/10/2025 est expiré",
    "l’adresse ce.0421234x@ac-lyon.fr ne reçoit rien",
    "jeanne.dupont@ac-lyon.fr",
    "mon adresse se termine par @ac-lyon.fr",
    "mon adresse est de la forme prenom.nom@",
    "mon numen fait 13 caractères",
    "numen demandé en 2024 par le collège 0690082P",
    "j’ai essayé 3 fois en 10 minutes",
    "le 06/11/2025 à 10h",
    "Galaxy S23, wi-fi5, 4G, mp3, covid19",
    "ac-lyon",
    "j’ai mis un mot de passe trop court",
    "j’ai essayé plusieurs mots de passe",
    "je tape mon mot de passe et ça tourne",
    "j’ai mis bonjour en objet du mail",
    "mon ancien collège et le nouveau principal",
    "mon ancien mot de passe et le nouveau ne marchent pas",
    "l’ancien mot de passe est encore dans mon téléphone",
    "Objet : mot de passe oublié",
    "sujet: mdp perdu. merci de me recontacter",
    "le mot de passe provisoire ne fonctionne pas",
    "les codes d’accès ne marchent plus",
    "clé wifi du collège ?",
    "comment choisir un bon mot de passe",
    "mon pass navigo",
    "Quota 98 % 1,9 Go sur 2 Go",
    "j’ai 250 mails non lus et 3 To",
    "69100",
    "port 465 ou 587 ? code refusé",
    "le mot de passe que je tape est correct",
    "mon mot de passe est pourtant bon",
    "le mot de passe de la boîte de l’école est perdu",
    "j’ai donné mon mot de passe à un collègue",
    "j’ai mis mon mot de passe sur un site bizarre",
    "le mot de passe est-il le même pour Pronote et la messagerie ?",
    "Dois-je avoir un mot de passe différent ?",
    "mon mdp arena marche mais pas le webmail",
    "le mdp est accepté puis la page revient",
    "mdp perdu, prof à Mâcon",
    "mdp impossible à changer",
    "mdp : xxxxxx",
    "mdp = ••••••••",
    "identifiant : fkermit, mot de passe : oublié",
    "mot de passe : celui de Pronote",
    "mot de passe : réinitialisation impossible",
    "mot de passe : erreur 535",
    "mot de passe : la page est blanche",
    "mot de passe : c’est long !",
    "mon mot de passe est à jour",
    "mon mot de passe est sur mon téléphone",
    "mon mot de passe est trop simple il paraît",
    "mon mot de passe est mal tapé ?",
    "mon mot de passe c’était facile à retenir",
    "un mot de passe de 15 caractères",
    "mon mot de passe date de 2019",
    "j’ai réinitialisé mon mot de passe à 14h30",
    "mot de passe de messagerie inconnu pour un remplaçant",
    "mot de passe Cyclades",
    "mot de passe ENSAP",
    "mot de passe EduConnect oublié",
    "mot de passe Gmail piraté",
    "mot de passe ordinateur du lycée",
    "mot de passe Lyon",
    "mot de passe stagiaire",
    "mot de passe psychologue scolaire",
    "mot de passe contractuel perdu",
    "mot de passe infirmière",
    "Mot de passe CPE",
    "mot de passe périmé Saint-Étienne",
    "wrong password",
    "the password you entered is incorrect",
    "invalid username or password",
    "comment passer de Outlook2016 à Thunderbird128",
    "j’ai mis le port 993 et le serveur imap.ac-lyon.fr",
    "j’ai tapé https://webmail.ac-lyon.fr/iwc/",
    "j’ai essayé avec plemoine et avec plemoine@",
    "j’essaie avec prenom.nom et pnom",
    "mon login c’est plemoine12",
    "INC-442911 toujours ouvert, mot de passe non réinitialisé",
    "demande 44291 du 12/09/2025 code non reçu",
    "ma demande n° 442911",
    "collège 0011234B mot de passe perdu",
    "code postal 01000 Bourg",
    "01000 Bourg-en-Bresse",
    "42300 Roanne, code sms non reçu",
    "code commune 01053",
    "erreur 5001 après le code",
    "le code est arrivé 3 jours après",
    "j’ai demandé 4 codes en 15 minutes",
    "code valable 10 minutes",
    "code à 6 chiffres pas reçu",
    "double authentification obligatoire depuis septembre 2025 ?",
    "sms jamais reçu, opérateur SFR",
    "Où trouver mon NUMEN ?",
    "NUMEN à 13 caractères refusé",
    "numen bloqué le 12/10/2025 à 10h30",
    "numen demandé par le collège 0421234X en 2025",
    "carte bancaire demandée par un mail, est-ce normal ?",
    "mon portable a changé",
    "j’ai perdu mon 06",
    "appelez entre 12h et 14h",
    "le 3114 et le 15",
    "mon adresse @gmail n’est pas acceptée",
    "ajouter une adresse gmail.com comme secours",
    "contact@example.org",
    "no-reply@example.org m’écrit",
    "ce.0011234b@ac-lyon.fr pleine",
    "identifiant@ac-lyon.fr",
    "p.nom@ac-lyon.fr",
    "nom.prenom@ac-lyon.fr",
    "macOS 15.1, Mail 16.0",
    "Android 14, Gmail 2024.10.20",
    "IP 192.168.1.12",
    "4e2, 3eA, 2nde5, 1reG4, TG2",
    "CM2B, CE1-CE2, ULIS, SEGPA 6e",
    "RGPD, art. 6-1-e, loi 78-17",
    "du 20/10/2025 au 03/11/2025",
    "3 000 mails, 2 500 Mo",
    "imprimante HP LaserJet M404dn",
    "fichier bulletin_3eA_2025.pdf refusé",
    "https://ent.example.org/login?id=12",
    "webmail.ac-lyon.fr",
    "IMAP4 et POP3",
    "mon mot de passe est changé mais Outlook2021 insiste",
    "le mot de passe de plemoine3 est bloqué",
    "le mot de passe reçu par courrier est faux",
    "mot de passe tablette élève",
    "mot de passe compte AESH",
    "mot de passe partagé",
    "mot de passe faible ?",
    "je n’ai jamais eu de mot de passe",
    "un mot de passe fort, ça ressemble à quoi ?",
    "mot de passe : même souci qu’hier",
    "mot de passe : il est accepté puis refusé",
    "mdp hs depuis mardi",
    "mdp admin ?",
    "mdp Roanne",
    "mon mot de passe est le nom de mon chat",
    "mon mot de passe est mon prénom, c’est mal ?",
    "c’est nul ce mot de passe",
    "pas de mot de passe",
    "sans mot de passe",
    "« Échec de l’authentification : mot de passe »",
    "« Connexion au serveur refusée : AUTHENTICATIONFAILED » mot de passe bon",
    "le nouveau principal veut accéder à la boîte",
    "mon ancien compte plemoine2 et le nouveau plemoine3",
    "j’ai mis 993 en port entrant",
    "j’ai essayé Edge120 et Safari17",
    "j’ai noté le numéro de demande 58219",
    "j’ai choisi mot de passe normal",
    "le code d’accès est envoyé par qui ?",
    "code secret ou mot de passe ?",
    "le code est faux",
    "mot de passe refusé après mise à jour Windows11 24H2",
    "code reçu trop tard, 3 min d’attente",
    "je dois changer mon mot de passe tous les 6 mois ?",
    "j’essaie de me connecter depuis 8h30, mot de passe refusé 5 fois",
    "le code expire au bout de 10 min, pas le temps",
    "mon mot de passe ne contient que des lettres",
    "mot de passe : caractères spéciaux autorisés ?",
    "mot de passe : votre service peut-il aider ?",
    "mon mot de passe est inscrit sur un post-it",
    "Mon mot de passe est pris en compte dans combien de temps ?",
    "mon mdp cyclades est expiré depuis le bac 2024",
    "mon identifiant tkazoo1 refusé, mdp correct",
    "j’ai saisi tkazoo1 et mon mdp",
]


_MARKS = re.compile("⟦(.*?)⟧", re.S)
_MASK = re.compile("|".join(re.escape(mask) for mask in MASKS.values()))


def unmarked(marked: str) -> tuple[str, list[str]]:
    return re.sub("[⟦⟧]", "", marked), _MARKS.findall(marked)


def runs(text: str, length: int = 4) -> set[str]:
    """Every run of ``length`` letters or digits of a text, separators left out."""
    compact = "".join(character for character in text.casefold() if character.isalnum())
    return {compact[start : start + length] for start in range(len(compact) - length + 1)}


def leaked(marked: str, redacted: Redacted) -> set[str]:
    carrier = _MARKS.sub("|", marked)
    visible = runs(_MASK.sub("", redacted.text)) - runs(carrier)
    return {run for secret in unmarked(marked)[1] for run in runs(secret) & visible}


@pytest.mark.parametrize(
    ("kind", "marked"), [(kind, row) for kind, rows in MARKED.items() for row in rows]
)
def test_secret_is_masked(kind: str, marked: str) -> None:
    text, secrets = unmarked(marked)
    redacted = redact(text)
    assert not leaked(marked, redacted), redacted.text
    assert secrets
    if kind in KINDS:
        assert kind in redacted.kinds
        assert MASKS[kind] in redacted.text
    assert redact(redacted.text).text == redacted.text


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_is_left_alone(text: str) -> None:
    assert redact(text) == Redacted(text)


def test_offsets_are_those_of_the_original() -> None:
    text = "Bonjour, mdp\u00a0: Girofle88, tél. 06 39 98 12 34"
    redacted = redact(text)
    assert [text[s.start : s.end] for s in redacted.secrets] == ["Girofle88", "06 39 98 12 34"]
    assert redacted.text == "Bonjour, mdp\u00a0: [MOT DE PASSE], tél. [TÉLÉPHONE]"


def test_offsets_hold_with_combining_accents_and_invisible_characters() -> None:
    text = "te\u0301l\u200b 06\u200b39 98 12 34 oublie\u0301"
    redacted = redact(text)
    assert redacted.text == "te\u0301l\u200b [TÉLÉPHONE] oublie\u0301"
    assert redacted.secrets == (Secret("phone", 6, 20),)


def test_json_shape() -> None:
    assert redact_json(redact("mon code : 482913")) == {
        "text": "mon code : [CODE]",
        "secrets": [{"kind": "code", "start": 11, "end": 17}],
    }


def test_kinds_are_the_eight_of_the_contract() -> None:
    assert KINDS == ("numen", "password", "code", "phone", "email", "nir", "iban", "card")


@pytest.mark.parametrize(
    "text",
    [
        "zorglub.trek@ac-lyon.fr",
        "zorglub.trek@ac-aix-marseille.fr",
        "z.trek2@etu.ac-nantes.fr",
        "zorglub.trek (at) ac-grenoble.fr",
    ],
)
def test_a_person_s_academic_address_is_masked_and_told(text: str) -> None:
    assert redact(f"mon adresse est {text}") == Redacted(
        "mon adresse est [ADRESSE]", (Secret("email", 16, 16 + len(text)),), True
    )


def test_a_private_address_is_not_academic() -> None:
    assert not redact("zorglub@example.org").academic_address


@pytest.mark.parametrize(
    "text",
    [
        "ce.0699999x@ac-lyon.fr",
        "prenom.nom@ac-lyon.fr",
        "nom@ac-lyon.fr",
        "jeanne.dupont@ac-lyon.fr",
        "jdupont@ac-lyon.fr",
        "une adresse @ac-lyon.fr",
    ],
)
def test_shared_and_example_addresses_stay(text: str) -> None:
    assert redact(text) == Redacted(text)


def test_checked_account_number_needs_no_announcement() -> None:
    assert redact("voici DE89 3704 0044 0532 0130 00 merci").text == "voici [IBAN] merci"
    assert "iban" not in redact("voici DE88 3704 0044 0532 0130 00 merci").kinds


def test_card_needs_a_right_check_digit_or_an_announcement() -> None:
    assert redact("4111 1111 1111 1111").kinds == ("card",)
    assert redact("4111 1111 1111 1112").kinds == ()
    assert redact("ma carte bancaire 4111 1111 1111 1112").kinds == ("card",)


def test_security_number_with_a_wrong_key_needs_an_announcement() -> None:
    assert redact("190059999900199").kinds == ()
    assert redact("sécu 190059999900199").kinds == ("nir",)


@pytest.mark.parametrize(
    "text",
    ["", " ", "[NUMEN]", "mdp : [MOT DE PASSE]", "[", "mon mdp c’est [MOT DE PASSE] et [CODE]"],
)
def test_masks_and_nothing_are_left_alone(text: str) -> None:
    assert redact(text) == Redacted(text)


HOSTILE = {
    "digits": "1" * 2000,
    "spaced digits": "1 " * 1000,
    "letters": "a" * 2000,
    "announcers": "mdp " * 500,
    "links": "mdp: " * 400,
    "copulas": "mot de passe est " * 118,
    "codes": "code 1234 " * 200,
    "at": "a@" * 1000,
    "dots": "a." * 1000,
    "spelt dots": "a point " * 249 + "@x.fr",
    "numen": "numen " * 5 + "1a " * 650,
    "quotes": 'mdp "' * 400,
    "spaces": " " * 2000,
    "lines": "\n" * 2000,
    "account": "FR76 " * 400,
    "tokens": "Aa1!x " * 333,
    "attempts": "mis " * 500,
    "pairs": "avec toto et tata " * 111,
    "security number": "sécu " + "1 2" * 660,
    "card": "carte " + "4 1 1 1 " * 249,
    "brackets": "[" * 2000,
    "masks": "[NUMEN]" * 285,
    "equals": "mdp" + "=" * 1990,
    "invisible": "\u200b" * 2000,
    "accents": "e\u0301" * 1000,
    "phrases": "phrase de passe : le chat " * 76,
    "url": "://a:" * 400,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_masked_in_order(text: str) -> None:
    """What it costs is measured by ``make bench-redaction``; here, that it comes out whole."""
    redacted = redact(text)
    last = 0
    for secret in redacted.secrets:
        assert last <= secret.start < secret.end <= len(text)
        last = secret.end


def test_a_secret_in_a_text_that_no_person_writes_is_masked() -> None:
    crowd = "mdp " * 200
    for secret in ("Girofle!88", "12E3401234XYZ", "06 39 98 12 34", "zorglub@example.org"):
        assert secret not in redact(f"{crowd}{secret} {crowd}").text
    assert "girofle" not in redact(f"{crowd}: girofle").text
