"""The words a person writes around a password, which are therefore not the password.

Folded (no accents, lower case). Nothing here decides: ``passwords`` does.
"""

from __future__ import annotations

import re


def word_set(words: str) -> frozenset[str]:
    """The set of the words of a text separated by spaces."""
    return frozenset(words.split())


FUNCTION = word_set(
    """
a ai aie ait alors apres as assez au aucun aucune aujourd'hui aussi autre autres aux avait avant avec avez avoir
avons bien bon bonne c ca car ce ceci cela celle celui celui-ci celui-la ces cet cette chaque chez ci combien comme comment
d dans de deja depuis des desormais deux dis dit dois doit donc dont du elle elles en encore enfin entre envers es est
est-ce et etaient etait ete etes etre eu eux fait faut fois hier hors il ils j jamais je jusqu'a juste l la laquelle le
lequel les leur leurs lors lorsque lui m ma maintenant mais malgre me meme memes mes mieux moi moins mon n ne ni non nos
notre nous on ont or ou oui par parce parfois pas pendant peu peut peux plus plusieurs plutot pour pourquoi pourtant
pouvez puis puisque qu quand que quel quelle quelles quels qui quoi quelqu'un quelque s sa sans sauf se selon sera
serait ses seulement si soit son sont sous souvent suis suite sur t ta tant te tel telle tes ton toujours tous tout
toute toutes tres trois trop tu un une va vais vas vers veut veux voici voila vont vos votre vous vraiment vu y
c'est cest c'etait s'est n'est n'a n'ai j'ai j'avais qu'on qu'il qu'elle d'un d'une l'ai l'a m'a
the of for is was are your my you has have been not must be and or to in it this that with at does did do too now already also still
"""
)

NO_VALUE = word_set(
    """
abandon academie academique academiques accepte acceptee accepter acces acceder accents accent actif actuel actuelle
active activer admin administrateur administration adresse affiche afficher agent agents aide aider ainsi ajouter
alpha alphanumerique ancien anciens ancienne androide annee anniversaire annule anterieur antivirus appareil
applications application appli apparait apparemment arrive arriver attendu attente attention attribue aucunement
authentification automatique automatiquement bientot bloque bloquee bloquer blocage boite boites bonjour bonsoir
bouton brut bug bugge but cache cadenas caracteres caractere carnet cas case casse cause certain champ champs change
changee changement changer changes chef chiffre chiffres choisi choisir choix clavier cliquer code codes coincide
collegue collegues comporte complexe complique compliquee compris compromis compte comptes conforme confidentiel
confirmation confirme confirmer connait connais connaitre connecte connecter connexion connu connue conseil conseille
conserve conserver contient contenir convient copie correct correcte correctement correspond correspondent courriel
cours court courte cree creer cree crypte date dans debut dedans defaut default defectueux defini definir definitif
definitivement degrade delai demande demandee demander demandes dernier derniere desactive desole different
differente differents difficile directeur directrice directement disponible disparait disparu divulgue dois doivent
donne donnee donner double doute duree echange echec echoue echoues eleve eleves enregistre enregistree enregistrer
ent entree entrer envoi envoye envoyer erreur erreurs errone erronee espace essai essais essaye essayer etablissement
exact exacte exige exigences existe existant expiration expire expiree expirer expiration expires expert expres
exterieur facile faible familial faute faux fausse fini fixe fonctionne fonctionnait fonctionnent fonctionner fonctionnel force
format forme formulaire fort forte forts frais general generalement genere generer gere gestion gestionnaire grise
groupe habituel habituelle hacke haut hs identifiant identifiants identique identiques identite ignore illisible
impossible imprime inactif inchange inconnu inconnue incorrect incorrecte incorrects incompatible indique indisponible
informatique initial initiale initialise initialiser insere inspection insuffisant interdit internet introuvable
inutilisable invalide invalides inverse inverses jetable jour jours ko lent lettres lettre libre lien ligne limite
login logiciel long longue longueur longtemps lycee mail mails mailing majuscule majuscules malade manque
manquant manuellement marche marchait marchent marcher masque masquee mauvais mauvaise memorise memoriser merci
message messages messagerie minimum minuscule minuscules mis mise mettre modifie modifier modification mobile
moment mort mot mots mutation navigateur necessaire nom normal normale normalement nouveau nouvel nouvelle nul
numen numero obligatoire obligatoirement oblige obsolete oeil ok oral ordi ordinateur orthographe oublie oubliee
oublies oubli oublier outil page par part partage partagee partager partir partout passe passer passes perdu perdue
perdus perdre perime perimee periode permanent personnel personnelle personne perte peut-etre phase piege piraté
pirate piratee plait plus point politique portail portable poste possible postal prealable precedent precedents
premier premiere prenom pret prevu principal principale pris probleme problemes procedure prochain professionnel
professionnelle prof profil profs pronote propre propose protege provisoire provisoires question questions quota
rappelle rappeler recent recemment recommande reconnait reconnu reconnue recu recue recuperation recuperer recupere
redemande redemandé reenregistrer refait refuse refusee refuser refus regle regles regulierement reinit
reinitialise reinitialisee reinitialiser reinitialisation rejete rejetee rejette remarche remis remplace renouvele
renouveler renouvellement rentre repete requis required reset reseau respecte respecter ressemble reste retape retour
retourne retrouve retrouver reutilise revient rien robuste sait saisi saisie saisir sais salut sauvegarde sauvegarder
scolaire secours secret secrete secretariat securise securisee securite sensible serveur service session similaire
simple simples site sms smartphone souci soucis souhaite special speciaux speciale standard statut stocke stocker
suffisant suivant suivante suivi supprime support surement systeme systematiquement tableau tape taper taille tel
telephone temporaire termine test texte tort toute totalement transmis transmettre trouve trouver type un unique
universel urgence urgent usage usuel utile utilisateur utilise utilisee utiliser utilisation valable valide valides
validation valider verifie verifier verification verrouille vide vieux vieille visible visio voir volé vole voler
voleur volee vrai wifi wi-fi svp stp help please bonjour cordialement hello slt bjr collège college ecole
absolument ailleurs allemand anglais aplati apprendre tablette psychologue infirmiere infirmier contractuel contractuelle vacataire titulaire stagiaire
remplacante surveillant assistant assistante educateur documentaliste conseiller principale adjoint adjointe
inspecteur inspectrice retraite retraitee parent parents aesh atsem cpe ulis segpa rased erea imprimante photocopieur
scanner routeur ecrans videoprojecteur cle usb disque dur blanche blanc vierge lie liee
compte-rendu domicile bureau salle classes colle coller tuto tutoriel notice guide demarche marche_a_suivre
naissance ville rue numerique numeriques electronique informatiques pratique problematique critique logique magique statique elementaire
secondaire necessaire inscrit ecrits remise permis admis couvert offert vu lu su prevue
vendu defendu suspendu tenu obtenu venu revenu retenu maintenu detenu paru apparu valu voulu resolu exclu inclus
conclu reuni fourni averti sorti predit detruit produit reduit traduit construit decrit prescrit defait atteint
eteint contraint joint rejoint range dite ecrite tombee arobase autorise autorisee avertissement basique besoin
bloquage boulot bref capital capitale capitales certainement chacun chose circonscription clair classe commence
commencer commun commune complet completement compter concerne constamment continue controle convenir dangereux
debloque debloquer dechiffrer dedie demarrage departement deplace desuet devant devine deviner devient different
distance doublon dsden echeance ecran ecrit ecrire efface effacer egal egalement email encrypte ensuite entier
entendu erun etrange eventuellement evident examen exemple externe fiable fichier filtre finit fin fonction
francais gardé garde garder grand gratuit habitude heure heures ici imap immediatement individuel inexact
inferieur info infos injoignable instable instantanement instruction interne invite invisible java journee
justement langue lisible liste local logiquement mal maladroit matin memoire mensuel menu moyen moyens muet
national nettement nickel note nulle objet officiel optionnel ordre ouvert ouvre ouvrir papier pareil
particulier patience pc piece plante pourri present presque prive privé proposition public quotidien rapide
rectorat redonne referent rempli remplacant remplir rend rendu renvoi renvoye renseigne repart reponse respect
rouge rupture samedi semaine sembler semble sens separe serieux seul seule signale simplement soir solide sortant
soucieux soudain special stable strict succes sujet superieur synchronise synchronisation tard temps tente tentative
tentatives terminal tombe toujours traite transfert travail trimestre ultra validite vacances voie vrai vraiment
webmail week-end windows zero zone commencant commencent composé compose contenant different durant dur etabli
etant expirant finissant reçu situe suffit suppose terminant trimestriel utilisant valant
incorrectly invalid wrong expired forgotten forgot lost entered authentication failed failure login mismatch manager
reset change changed cannot can't error user username enter retry account access correct denied policy required strength
reinitialised prompt protected weak strong short long empty null none unknown
"""
)

# Names of services, programs and makes: « mon mot de passe Pronote » says nothing.
PRODUCTS = (
    "pronote|arena|iprof|i-prof|sirhen|siecle|onde|affelnet|lsu|lsun|parcoursup|cyclades|santorin|imagin|delegce|colibris|"
    "k9|k-9|k9mail|k-9mail|fairemail|bluemail|spark|zimbra|roundcube|convergence|thunderbird|outlook|owa|gmail|teams|slack|zoom|moodle|magistere|m@gistere|eduscol|"
    "edugar|educonnect|laclasse|tchap|nextcloud|renater|eole|scribe|kwartz|chorus|chorus-dt|webmail|ensap|adage|folios|"
    "pix|gar|oze|esidoc|e-sidoc|bcdi|kosmos|cybercolleges|itslearning|skolengo|envole|tribu|filesender|evento|bbb|"
    "bigbluebutton|classroom|peertube|capytale|galaxie|sconet|mozilla|firefox|chrome|chromium|chromebook|edge|safari|opera|brave|"
    "android|samsung|galaxy|xiaomi|redmi|huawei|honor|oppo|realme|oneplus|pixel|nokia|motorola|iphone|ipad|ipados|imac|mac|macos|macbook|osx|"
    "windows|win|linux|ubuntu|debian|office|word|excel|powerpoint|libreoffice|openoffice|onenote|onedrive|exchange|microsoft|"
    "adobe|acrobat|reader|java|python|google|apple|yahoo|hotmail|orange|free|freebox|livebox|bbox|sfr|bouygues|laposte|"
    "netflix|amazon|ameli|impots|franceconnect|caf|mgen|facebook|instagram|whatsapp|twitter|tiktok|youtube|linkedin|"
    "covid|oauth|otp|saml|dkim|spf|capes|agreg|crpe|mcf|b2i|c2i|wifi|wi-fi|wpa|ipv|imap|imaps|pop|smtp|smtps|ssl|tls|starttls|http|https|sha|md|utf|usb|vpn|lte|hdmi|mp|"
    "dell|lenovo|thinkpad|asus|acer|hp|toshiba|surface|latitude|elitebook|probook|optiplex|bitwarden|keepass|keepassxc|lastpass|"
    "dashlane|authenticator|freeotp|ondeweb|ien|erun|dsden|rectorat|cned|canope|esup|cas|sso|ldap|ad|azure|intune|"
    "toutatice|atrium|elea|neo|one|beneylu|klassroom|educartable|toutemonannee|primot|affectation|siam|gaia|sofia|"
    "egide|ent|edt|index-education|intranet|extranet|proxy|ksup|tribu|osmose|resana|rizomo|cerise|anagram|opale|op@le|"
    "libmol|geogebra|scratch|wordpress|pearltrees|genially|canva|padlet|kahoot|quizinière|quiziniere|tactileo|lumni"
)
PRODUCT = re.compile(
    rf"(?:{PRODUCTS})(?:[-_ ]?(?:v?[0-9]{{1,4}}(?:[a-z]|pro|plus|max|mini|ultra|lite|fe|h[12])?|pro|plus|max|xp|vista|mail|lycee|college))?"
)

# A season and a year: clean alone (« Toussaint2025 »), a favourite password where one is spoken of.
CALENDAR = re.compile(
    r"(?:toussaint|noel|rentree|paques|hiver|printemps|ete|automne|brevet|bac|vacances|janvier|fevrier|mars|avril|"
    r"mai|juin|juillet|aout|septembre|octobre|novembre|decembre)[-_]?(?:19|20)?[0-9]{2}"
)

# The first choices of people in a hurry: a password even without « : » or « c’est ».
COMMON = word_set(
    """
azerty azertyuiop qwerty qwertz qsdfgh wxcvbn motdepasse password admin toto titi tata tutu toto123 loulou doudou
chouchou soleil marseille chocolat nicolas camille thomas julien alexandre football jetaime coucou poupette princesse
doudoune cheval iloveyou letmein welcome dragon monkey sunshine bisous bisounours chaton minou caramel vanille
papillon tournesol lapin licorne etoile nounours choupette pikachu naruto ronaldo
"""
)
KEYBOARD = word_set(
    "azerty azertyuiop qwerty qwertz qwertyuiop qsdfgh qsdfghjklm wxcvbn motdepasse password toto titi tata"
)

# What a participle, an adjective or an adverb looks like when nothing announces a value.
FRENCH_ENDING = re.compile(
    r".*(?:er|ment|ments|tion|tions|sion|ique|iques|able|ables|ible|ibles|eur|eurs|euse|ait|aient|ions|ez|ant|ants|"
    r"ante|isme|iste|istes|aire|aires|ier|iers|iere|if|ive|ifs|elle|elles|eux|ees|ee|ite|ites|age|ages)"
)
PARTICIPLE = re.compile(r".*(?:é|és|ée|ées|ables?|ibles?|ment)")
PLACEHOLDER = re.compile(
    r"(?:x{2,}|y{3,}|z{3,}|[*•·#._?…x-]+|jjmmaaaa|jjmmaa|abc|xyz|untel|nom|prenom)"
)
EXAMPLE_IDENTIFIERS = frozenset(
    {"jdupont", "jeanne.dupont", "pnom", "prenom.nom", "jdupont1", "jdupont2"}
)

# After these, a name with digits is an identifier: « le mot de passe de jmartin12 ».
OWNERS = word_set("de d du pour avec chez par a compte identifiant login utilisateur user id boite")

# Verbs of typing, trying, choosing: what follows may be what was typed.
ATTEMPT = re.compile(
    r"\b(?:oublie[rsz]?|hesite[rsz]?|souvien\w{1,3}|colle[rsz]?|copie[rsz]?|mis|met[st]?|mettre|mettant|mettez|retape[rzs]?|tape[rzs]?|tapant|essaye[rzs]?|essayant|essaie[s]?|"
    r"essais|entree?r?|entrant|rentree?r?|saisi[rst]?e?|saisissant|utilise[rzs]?|utilisant|choisi[rst]?|"
    r"tente[rzs]?|teste[rzs]?|remplac\w{1,6} par|chang\w{1,4} (?:en|par|pour)|modifi\w{1,4} (?:en|par|pour)|"
    r"reinitialis\w{1,4} (?:en|a|avec)|(?<!de )(?<!de)passe[er]? (?:de|a)|marque[rz]?|ecrit|ecris|note|donne|pris|reviens? a|remis)(?![a-z'])"
)
