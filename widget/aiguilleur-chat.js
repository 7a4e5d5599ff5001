/**
 * <aiguilleur-chat>: the assistant in a corner of any page.
 *
 * One module, no dependency, no build step: one file because a page's `integrity` covers one file.
 * Written for strict pages: no inline style or script, no innerHTML, no eval. What it asks of the
 * server is the web channel (docs/openapi.yml); what it shows is the Card.
 *
 * Attributes: `origin` (where the assistant answers), `accent`, `paper` (colours), `theme` (light, dark),
 * `position` (bottom-right, bottom-left, inline), `label` (the launcher's words), `avoid` (a selector of
 * what must stay uncovered, besides the page's controls). Properties of CSS: `--aiguilleur-accent`,
 * `-paper`, `-font`, `-radius`, `-bottom`. Browsers: Firefox ESR, Chrome and Edge of two years, Safari 16.4
 * (16.0 where the page allows inline styles).
 *
 * Sections: words, secrets, colours, server, Cards, place on the page, the element, the look.
 */

/** @typedef {{label: string, value: string, copy?: boolean}} Fact */
/** @typedef {{title: string, url: string}} Link */
/** @typedef {{title: string, payload: string}} Button */
/** @typedef {{label: string, url?: string|null, verified_on?: string}} Source */
/** @typedef {{text: string, title?: string, steps?: string[], facts?: Fact[], links?: Link[],
 *   buttons?: Button[], source?: Source, level?: "info"|"success"|"warning"}} Card */
/** @typedef {{who: string, text: string}} Said */
/** What was sent and is not answered. No `element`: nothing of it is on screen, a page or a fold ago.
 * @typedef {{body: {text?: string, payload?: string}, id: string, shown: string,
 *   element?: HTMLElement|null, said?: Said}} Outgoing */
/** What the tab keeps. @typedef {{token?: string, welcome?: Card[], seen?: number, open?: boolean,
 *   topic?: string, waiting?: {body: object, id: string, shown: string}[]}} Kept */

const SCRIPT_ORIGIN = new URL(import.meta.url).origin;
const KEY = "aiguilleur-chat";
const MAX_CHARACTERS = 2000;
const NEAR_LIMIT = 200;
const IDLE = 15 * 60 * 1000;
const SLOW = 1500;
const VERY_SLOW = 7000;
const GIVE_UP = 20000;
const NARROW = "(max-width: 40rem), (max-height: 30rem)";

/* Words ------------------------------------------------------------------------------------- */

const WORDS = {
  open: "Aide messagerie",
  resume: "Reprendre la conversation",
  title: "Assistant de messagerie",
  close: "Fermer",
  skip: "Aller à la saisie",
  log: "Conversation",
  you: "Vous",
  bot: "Assistant automatique",
  warning: "important",
  label: "Votre message",
  keys: "Maj + Entrée\u00a0: à la ligne",
  hint: "Ni mot de passe, ni code, ni NUMEN.",
  send: "Envoyer",
  topics: "Sujets",
  copy: "Copier",
  copyAll: "Copier l’échange",
  end: "Terminer et effacer",
  privacy: "Vos données",
  help: "Toute l’aide",
  newTab: " (nouvel onglet)",
  choices: "Réponses proposées",
  chosen: "Vous avez choisi\u00a0: ",
  copied: "Copié\u00a0: ",
  copiedAll: "L’échange est copié.",
  copyFailed: "La copie n’a pas marché. Sélectionnez le texte et copiez-le vous-même.",
  empty: "Écrivez d’abord votre question.",
  tooLong: "Message trop long\u00a0: gardez l’essentiel.",
  sending: "Envoi en cours…",
  slow: "La réponse tarde, j’attends encore. Vous pouvez continuer à écrire.",
  offline: "Vous êtes hors ligne. Votre message partira au retour du réseau.",
  offlineIdle: "Vous êtes hors ligne. Vous pouvez continuer à écrire.",
  online: "Le réseau est revenu.",
  network: "Le réseau ne répond pas.",
  tooSlow: "L’assistant n’a pas répondu à temps.",
  busy: "Le service est momentanément indisponible.",
  safe: " Votre message est gardé ici, rien n’est perdu.",
  retry: "Réessayer",
  notSent: "Pas encore envoyé",
  expired: "La session précédente a expiré. Une nouvelle conversation commence ici.",
  folded: "Conversation repliée après quinze minutes sans activité. Si quelqu’un d’autre utilise cet appareil, effacez-la.",
  unfold: "Reprendre",
  erase: "Effacer",
  keep: "Garder",
  confirm: "Effacer toute la conversation\u202f?",
  erased: "La conversation est effacée.",
  eraseFailed: "L’effacement n’a pas abouti. Réessayez.",
  again: "Nouvelle conversation",
  masked: "Envoyer masqué",
  edit: "Modifier",
};
const ARTICLES = {
  "le ": "port serveur message numéro téléphone formulaire webmail lien nom code chemin dossier",
  "la ": "sécurité méthode taille page ville boîte",
  "l’": "identifiant adresse objet authentification utilisateur",
};
const waiting = (seconds) =>
  `Trop de messages à la suite. Le vôtre partira tout seul dans ${seconds}\u00a0s.`;
const remaining = (left) =>
  left >= 0
    ? `Il reste ${left} caractère${left > 1 ? "s" : ""}.`
    : `${-left} caractère${left < -1 ? "s" : ""} de trop.`;
const suspicion = (what) => `On dirait ${what}. L’assistant n’en a jamais besoin\u00a0: envoyez le message sans, ou modifiez-le.`;

/** « Copier le port : 993 »: what a copy button is called. @param {Fact} fact */
function copyName(fact) {
  const label = fact.label[0].toLowerCase() + fact.label.slice(1);
  const first = label.split(/[ ’']/)[0];
  const article = Object.keys(ARTICLES).find((key) => ARTICLES[key].split(" ").includes(first));
  const short = fact.value.length <= 60 && !fact.value.includes("\n");
  return `Copier ${article ? article + label : `«\u202f${fact.label}\u202f»`}${short ? `\u00a0: ${fact.value}` : ""}`;
}

/* Secrets: a first warning. The server masks all the same, and knows much more. -------------- */

const GAP = "[ .\\-_/]?";
const BEFORE = "((?:^|[^a-zà-ÿ])";
const IS = "\\s{0,3}(?:[:=]|est|c['’\\s]?est)?\\s{0,3}[«\"“]?\\s{0,3})";
const anywhere = (source) => new RegExp(source, "gi");
const mixes = (value) => /\d/.test(value) && /[a-z]/i.test(value);
const SECRETS = [
  {
    what: "un NUMEN",
    mask: "[NUMEN]",
    pattern: anywhere(`(^|[^a-z0-9])((?:[0-9]${GAP}){2}[a-z]${GAP}(?:[0-9]${GAP}){7}(?:[a-z]${GAP}){2}[a-z])(?![a-z0-9])`),
    such: () => true,
  },
  {
    what: "un NUMEN",
    mask: "[NUMEN]",
    pattern: anywhere(`${BEFORE}numen${IS}([a-z0-9]{8,20})(?![a-z0-9])`),
    such: (announced, value) => mixes(value),
  },
  {
    what: "un mot de passe",
    mask: "[MOT DE PASSE]",
    pattern: anywhere(`${BEFORE}(?:mdp|mots? de passe?|password|passe|pass|pwd)${IS}([^\\s«»"“”]{3,}[^\\s«»"“”,;.]|[^\\s«»"“”]{4,})`),
    such: looksPassword,
  },
  {
    what: "un code de vérification",
    mask: "[CODE]",
    pattern: anywhere(`${BEFORE}code(?:\\s(?:reçu|recu|sms|de vérification))?${IS}([0-9]{6})(?![0-9])`),
    such: () => true,
  },
];
/** After “mdp :”, what tells of the password instead of giving it. */
const TELLS =
  /^(refus|oubli|perdu|expir|périm|incorrect|invalid|erron|faux|fausse|bloqu|rejet|chang|inconnu|impossible|toujours|jamais|aucun|même|ancien|nouveau|j['’]|qu|c['’]|(bon|mauvais|correct|valide|rien|celui|avec|dans|pour|mais|puis|donc|depuis|ensuite)$)/i;

/** A password given, or only spoken of? @param {string} announced @param {string} value */
function looksPassword(announced, value) {
  if (/^https?:/i.test(value)) return false;
  if (/[:=]/.test(announced)) return !TELLS.test(value);
  if (/est\s*[«"“]?\s*$/i.test(announced)) return mixes(value) || /[#@$%&*+]/.test(value);
  return mixes(value) && value.length >= 6;
}

/**
 * What looks secret in a text, and the text without it; null when nothing does.
 * @param {string} text
 * @returns {{what: string, masked: string}|null}
 */
export function suspected(text) {
  const found = new Set();
  let masked = text;
  for (const {pattern, mask, what, such} of SECRETS) {
    masked = masked.replace(pattern, (whole, before, value) => {
      if (value.startsWith("[") || !such(before, value)) return whole;
      found.add(what);
      return before + mask;
    });
  }
  return found.size ? {what: [...found].join(" et "), masked} : null;
}

/* Colours: the host chooses two, the others follow so that all stays readable (WCAG 1.4.3). -- */

/** @typedef {[number, number, number]} Rgb red, green, blue, 0 to 255 */

const BLACK = /** @type {Rgb} */ ([0, 0, 0]);
const WHITE = /** @type {Rgb} */ ([255, 255, 255]);
const DEFAULTS = {
  light: {paper: "#ffffff", accent: "#0b4f8a"},
  dark: {paper: "#14171b", accent: "#8cc4ff"},
};

/** Relative luminance, as WCAG defines it. @param {Rgb} rgb */
function luminance(rgb) {
  const [r, g, b] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio, 1 to 21. @param {Rgb} one @param {Rgb} other */
function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const mixed = (one, other, share) => one.map((part, i) => Math.round(part + (other[i] - part) * share));
const best = (paper) => (contrast(BLACK, paper) >= contrast(WHITE, paper) ? BLACK : WHITE);
const css = (rgb) => `rgb(${rgb.join(" ")})`;

/** The colour nearest to `rgb` that keeps `ratio` against all of `papers`; else the strongest on the first. */
function readable(rgb, papers, ratio) {
  const target = best(papers[0]);
  for (let share = 0; share < 1; share += 0.05) {
    const tried = mixed(rgb, target, share);
    if (papers.every((paper) => contrast(tried, paper) >= ratio)) return tried;
  }
  return target;
}

/**
 * Every colour of the widget from a paper and an accent.
 * @param {Rgb} paper @param {Rgb} accent
 * @returns {Record<string, Rgb>}
 */
export function palette(paper, accent) {
  const strongest = best(paper);
  let soft = mixed(paper, accent, 0.08);
  if (contrast(strongest, soft) < 4.5) soft = paper;
  const papers = [paper, soft];
  const ink = readable(mixed(strongest, paper, 0.1), papers, Math.min(12, contrast(strongest, soft)));
  const fill = readable(accent, papers, 3);
  return {
    paper,
    soft,
    ink,
    quiet: readable(mixed(ink, paper, 0.3), papers, 4.5),
    line: readable(mixed(ink, paper, 0.5), papers, 3),
    link: readable(accent, papers, 4.5),
    fill,
    "on-fill": best(fill),
    alert: readable([180, 83, 9], papers, 3),
    good: readable([21, 128, 61], papers, 3),
  };
}

/** A colour that the browser has computed, in numbers; null when it is none, or lets the page through. */
function numbers(computed) {
  const parts = (computed.match(/-?[\d.]+(?:e-?\d+)?/g) || []).map(Number);
  if (parts.length < 3 || parts[3] < 1) return null;
  const scale = computed.startsWith("rgb") ? 1 : computed.startsWith("color(srgb") ? 255 : 0;
  return scale ? parts.slice(0, 3).map((part) => Math.round(Math.min(255, Math.max(0, part * scale)))) : null;
}

/* The server -------------------------------------------------------------------------------- */

/** A refusal or a failure: `status` 0 when nothing came back, `wait` in seconds when told. */
const GONE = -1; // the conversation it concerned was erased meanwhile

class Failure extends Error {
  constructor(message, status, wait = 0) {
    super(message);
    this.status = status;
    this.wait = wait;
  }
}

/**
 * One request. @returns {Promise<any>} what was answered; throws Failure.
 * @param {string} origin @param {string} method @param {string} path
 */
async function ask(origin, method, path, {token, body, onSlow} = {}) {
  const headers = {};
  if (body) headers["Content-Type"] = "application/json";
  if (token) headers.Authorization = `Bearer ${token}`;
  const stop = new AbortController();
  const timers = [
    setTimeout(() => onSlow?.(WORDS.sending), SLOW),
    setTimeout(() => onSlow?.(WORDS.slow), VERY_SLOW),
    setTimeout(() => stop.abort(), GIVE_UP),
  ];
  try {
    const response = await fetch(`${origin}/webhooks/web${path}`, {
      method,
      headers,
      body: body && JSON.stringify(body),
      signal: stop.signal,
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
    });
    if (response.status === 204) return {};
    const answer = await response.json();
    if (response.ok && (answer?.messages || answer?.topics)) return answer;
    const wait = Number(response.headers.get("Retry-After")) || 0;
    throw new Failure(answer?.detail || answer?.title || WORDS.busy, response.ok ? 503 : response.status, wait);
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (error instanceof SyntaxError) throw new Failure(WORDS.busy, 503); // not ours: a proxy’s page
    throw new Failure(stop.signal.aborted ? WORDS.tooSlow : WORDS.network, 0);
  } finally {
    timers.forEach(clearTimeout);
  }
}

/** An id that makes a retry safe: the server answers the same one again without acting twice. */
function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* Cards ------------------------------------------------------------------------------------- */

/** An element, its attributes and what it holds; texts go in as text, never as markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

const press = (className, text, run) => make("button", {type: "button", class: className, onclick: run}, text);

/** A link that leaves by a new tab, and says so; the bare text when its address is not one of the web's. */
function link(title, url) {
  if (/^(mailto|tel):/i.test(url)) return make("a", {href: url}, title);
  if (!/^https?:/i.test(url)) return document.createTextNode(title);
  const bare = title.replace(/\s*\(nouvel onglet\)$/, "");
  return make("a", {href: url, target: "_blank", rel: "noopener noreferrer"}, bare, make("span", {class: "tab"}, WORDS.newTab));
}

/** A date of the wire (2026-11-23) as French writes it. */
function day(date) {
  const [year, month, number] = date.split("-").map(Number);
  const written = new Intl.DateTimeFormat("fr-FR", {dateStyle: "long"}).format(new Date(year, month - 1, number));
  return make("time", {datetime: date}, written);
}

/**
 * A Card on screen.
 * @param {Card} card
 * @param {{copy: (fact: Fact, code: HTMLElement) => void, choose: (button: Button, group: HTMLElement) => void}} acts
 */
function cardElement(card, acts) {
  const who = make("span", {class: "who"}, card.level === "warning" ? `${WORDS.bot}, ${WORDS.warning}` : WORDS.bot);
  const heading = make("h3", {tabindex: -1}, who);
  if (card.title) {
    who.append(make("span", {class: "heard"}, "\u00a0: "));
    heading.append(make("span", {class: "title"}, card.title));
  }
  const box = make("article", {class: `card ${card.level || "info"}`}, heading, make("p", {}, card.text));
  if (card.steps?.length) box.append(make("ol", {}, ...card.steps.map((step) => make("li", {}, step))));
  if (card.facts?.length) box.append(make("dl", {}, ...card.facts.map((fact) => factElement(fact, acts))));
  if (card.links?.length) box.append(make("p", {class: "links"}, ...card.links.map(({title, url}) => link(title, url))));
  if (card.source) box.append(sourceElement(card.source));
  if (card.buttons?.length) {
    const group = make("div", {class: "choices", role: "group", "aria-label": WORDS.choices});
    for (const button of card.buttons) group.append(press("choice", button.title, () => acts.choose(button, group)));
    box.append(group);
  }
  return box;
}

function factElement(fact, acts) {
  const code = make("code", {}, fact.value);
  const value = make("dd", {}, code);
  if (fact.copy) {
    const copy = press("small", WORDS.copy, () => acts.copy(fact, code));
    copy.setAttribute("aria-label", copyName(fact));
    value.append(copy);
  }
  return make("div", {class: "fact"}, make("dt", {}, fact.label), value);
}

function sourceElement(source) {
  const line = make("p", {class: "source"}, "Source\u00a0: ", source.url ? link(source.label, source.url) : source.label);
  if (source.verified_on) line.append(", vérifié le ", day(source.verified_on));
  return line;
}

/** A Card as plain text, to be copied. @param {Card} card */
function cardText(card) {
  const lines = [card.title, card.text];
  (card.steps || []).forEach((step, i) => lines.push(`${i + 1}. ${step}`));
  (card.facts || []).forEach((fact) => lines.push(`${fact.label}\u00a0: ${fact.value}`));
  (card.links || []).forEach((item) => lines.push(`${item.title}\u00a0: ${item.url}`));
  if (card.source) lines.push(sourceElement(card.source).textContent);
  return lines.filter(Boolean).join("\n");
}

/** The launcher's bubble, which says nothing to a screen reader. */
function icon() {
  const drawn = (tag, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const bubble = drawn("svg", {viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false"});
  bubble.append(drawn("path", {d: "M5 4h14a3 3 0 0 1 3 3v7a3 3 0 0 1-3 3h-6l-5 4v-4H5a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3z"}));
  return bubble;
}

/* Place on the page -------------------------------------------------------------------------- */

const overlaps = (one, other) =>
  one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;

/** What the launcher never covers, and what the panel, which somebody opened, never covers. */
const CONTROLS = "button, input:not([type=hidden]), select, textarea, summary, label, [role=button], form a[href]";
const LOGIN = "[type=password], [type=submit], form button";

/** Where the controls of the host's page are. @param {Element} except @param {string} selector */
function hostControls(except, selector) {
  const also = except.getAttribute("avoid");
  const wanted = also && CSS.supports(`selector(${also})`) ? `${selector}, ${also}` : selector;
  return [...document.querySelectorAll(wanted)]
    .filter((element) => !except.contains(element) && element.checkVisibility?.({visibilityProperty: true}) !== false)
    .map((element) => element.getBoundingClientRect());
}

/* The element ------------------------------------------------------------------------------- */

export class AiguilleurChat extends HTMLElement {
  static observedAttributes = ["accent", "paper", "theme", "position", "label", "avoid"];

  #root = this.attachShadow({mode: "open"});
  #body = make("div", {class: "root", lang: "fr", dir: "ltr"});
  #launcher = make("button", {type: "button", class: "launcher", "aria-haspopup": "dialog", onclick: () => this.open()});
  #parts = /** @type {any} */ (null);
  /** @type {Kept} */
  #kept = {};
  /** @type {Outgoing[]} */
  #queue = [];
  /** @type {Said[]} */
  #said = [];
  #state = "new"; // new, talking, folded, ended
  #life = 0; // counts what was erased: an answer to an earlier life concerns nobody
  #busy = false;
  #seen = 0;
  #watch = 0;
  #pause = 0;
  #counting = 0;
  #frame = 0;
  #fresh = false;
  #stop = new AbortController();
  #dark = matchMedia("(prefers-color-scheme: dark)");
  #narrow = matchMedia(NARROW);

  constructor() {
    super();
    adopt(this.#root);
    this.#root.append(this.#body);
    this.#body.append(this.#launcher);
  }

  connectedCallback() {
    this.#stop = new AbortController();
    const on = (target, name, run, more = {}) => target.addEventListener(name, run, {signal: this.#stop.signal, ...more});
    this.id ||= KEY; // where the link to the input points, as the page sees it
    if (this.#state === "new") {
      this.#kept = stored();
      this.#seen = this.#kept.seen || 0;
      this.#queue = this.#kept.waiting || [];
    }
    this.#paint();
    this.#label();
    const again = () => this.#settleSoon(true);
    on(this.#dark, "change", () => this.#paint());
    on(this.#narrow, "change", () => this.#remode());
    on(window, "scroll", () => this.#settleSoon(), {passive: true, capture: true});
    on(window, "resize", () => this.#resized());
    on(window, "load", again);
    on(window, "online", () => this.#online());
    on(window, "offline", () => this.#status(this.#queue.length ? WORDS.offline : WORDS.offlineIdle));
    on(window, "pageshow", () => this.#foldIfIdle());
    on(document, "visibilitychange", () => this.#foldIfIdle());
    if (window.visualViewport) {
      on(window.visualViewport, "resize", () => this.#fit());
      on(window.visualViewport, "scroll", () => this.#fit());
    }
    this.#watch = setInterval(() => this.#foldIfIdle(), 15000);
    again();
    this.#openAsLeft();
  }

  disconnectedCallback() {
    this.#stop.abort();
    clearInterval(this.#watch);
    clearTimeout(this.#pause);
    clearTimeout(this.#counting);
    cancelAnimationFrame(this.#frame);
  }

  attributeChangedCallback() {
    if (!this.isConnected) return;
    this.#paint();
    this.#label();
    this.#settleSoon(true);
  }

  /** Where the assistant answers: the attribute, or where this script comes from. */
  get origin() {
    return (this.getAttribute("origin") || SCRIPT_ORIGIN).replace(/\/+$/, "");
  }

  /** Open the panel. `quietly`: as it was left, without taking the focus nor the whole page. */
  async open({quietly = false} = {}) {
    const parts = (this.#parts ??= this.#build());
    if (parts.panel.open) return;
    if (!this.#show(quietly)) return;
    this.#keep({open: true});
    this.#label();
    if (!quietly) this.#arrive();
    if (this.#state !== "talking") await this.#enter();
    else this.#foldIfIdle();
  }

  /** Where one begins: at the input, or on a phone at the title, lest the keyboard hide the answer. */
  #arrive() {
    const {title, input} = this.#parts;
    (this.#narrow.matches ? title : input).focus({preventScroll: true});
  }

  /** Fold the panel back; the conversation stays. */
  close() {
    if (!this.#parts?.panel.open) return;
    this.#parts.panel.close();
    this.#keep({open: false});
    this.#label();
    this.#settle(true);
    this.#launcher.focus({preventScroll: true});
  }

  /** At a new page: on the topic that its address names, or as the panel was left, except over a phone's page. */
  async #openAsLeft() {
    const topic = await this.#askedTopic();
    if (topic) {
      await this.open();
      if (this.#state !== "talking") return;
      this.#keep({topic: topic.id});
      this.#startTopic(topic);
    } else if (this.#kept.token && this.#kept.open) this.open({quietly: true});
  }

  /** The topic of `?sujet=`, once; an address that says something else under this name opens nothing. */
  async #askedTopic() {
    const asked = new URLSearchParams(location.search).get("sujet") || "";
    if (!/^[a-z0-9_]{1,64}$/.test(asked) || asked === this.#kept.topic) return undefined;
    try {
      return (await this.#topics()).find(({id}) => id === asked);
    } catch {
      return undefined;
    }
  }

  /* Building and placing */

  #build() {
    const title = make("h2", {id: "title", tabindex: -1}, WORDS.title);
    const close = press("bare", WORDS.close, () => this.close());
    const log = make("div", {role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": WORDS.log, tabindex: 0, class: "log"});
    const status = make("p", {role: "status", class: "status"});
    const retry = press("choice", WORDS.retry, () => this.#retry());
    const state = make("div", {class: "state"}, status, retry);
    const input = /** @type {HTMLTextAreaElement} */ (make("textarea", {id: "input", rows: 1, autocomplete: "off", enterkeyhint: "send"}));
    const error = make("p", {id: "error", class: "error", role: "alert"});
    const count = make("p", {id: "count", class: "count", role: "status"});
    const warning = make("div", {class: "secret", hidden: true});
    const skip = make("a", {href: `#${this.id}`, class: "skip", onclick: (event) => { event.preventDefault(); input.focus(); }}, WORDS.skip);
    const form = make("form", {novalidate: true, onsubmit: (event) => { event.preventDefault(); this.#submit(); }},
      make("div", {class: "above"}, make("label", {for: "input"}, WORDS.label), make("span", {id: "keys", class: "keys"}, WORDS.keys), count),
      make("div", {class: "entry"}, input, make("button", {type: "submit", class: "primary"}, WORDS.send)),
      error, warning,
      make("div", {class: "below"},
        make("p", {id: "hint"}, WORDS.hint),
        link(WORDS.privacy, `${this.origin}/confidentialite`)));
    const topicsButton = press("bare", WORDS.topics, () => this.#toggleTopics());
    const topics = make("ul", {class: "topics", "aria-label": WORDS.topics});
    const copy = press("bare", WORDS.copy, () => this.#copyAll());
    copy.setAttribute("aria-label", WORDS.copyAll);
    const end = press("bare end", WORDS.end, () => this.#confirmEnd());
    const confirm = make("div", {class: "confirm", role: "group", "aria-label": WORDS.confirm, tabindex: -1},
      make("p", {}, WORDS.confirm), press("choice", WORDS.erase, () => this.#erase()), press("choice", WORDS.keep, () => this.#keepTalking()));
    const tools = make("div", {class: "tools"}, topicsButton, topics, copy, end);
    const aside = make("div", {class: "aside"});
    const panel = /** @type {HTMLDialogElement} */ (make("dialog", {class: "panel", "aria-labelledby": "title"},
      make("div", {class: "head"}, title, close), skip, tools, confirm, log, aside, state, form));
    panel.addEventListener("cancel", (event) => { event.preventDefault(); this.close(); });
    panel.addEventListener("keydown", (event) => {
      this.#touch();
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      this.close();
    });
    panel.addEventListener("pointerdown", () => this.#touch());
    input.addEventListener("input", () => this.#typed());
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.#submit();
    });
    this.#body.append(panel);
    return {title, log, status, retry, input, error, count, warning, form, topicsButton, topics, end, confirm, tools, aside, panel};
  }

  /** Beside the page's login where there is room; over the whole page, set aside, where there is none. */
  #show(quietly = false) {
    const {panel} = this.#parts;
    panel.classList.remove("full");
    const full = this.#narrow.matches || !this.#beside(panel);
    if (full && quietly) return false;
    panel.classList.toggle("full", full);
    if (full) panel.showModal();
    this.#fit();
    return true;
  }

  /** Opened without `show()`, which would take the focus. @returns {boolean} whether it covers no login. */
  #beside(panel) {
    panel.open = true;
    if (this.#corner(panel, LOGIN)) return true;
    panel.open = false;
    return false;
  }

  /** The screen was turned or zoomed while open: the same panel, the other way, the focus kept. */
  #remode() {
    if (!this.#parts?.panel.open) return;
    const held = /** @type {HTMLElement|null} */ (this.#root.activeElement);
    const {log, panel} = this.#parts;
    const scrolled = log.scrollTop;
    panel.close();
    this.#show();
    held?.focus({preventScroll: true});
    log.scrollTop = scrolled;
  }

  /** A wide window may have got room beside the login, or lost it. */
  #resized() {
    this.#settleSoon(true);
    const {panel} = this.#parts || {};
    const full = panel?.classList.contains("full");
    if (panel?.open && !this.#narrow.matches && (full || this.#covers(panel, LOGIN))) this.#remode();
    else this.#fit();
  }

  /** On a phone, the panel is what the keyboard leaves; in a low panel all scrolls as one. */
  #fit() {
    const {panel, input} = this.#parts || {};
    if (!panel?.open) return;
    const view = window.visualViewport;
    const full = panel.classList.contains("full") && view && view.scale <= 1.01;
    panel.style.height = full ? `${view.height}px` : "";
    panel.style.top = full ? `${view.offsetTop}px` : "";
    const em = parseFloat(getComputedStyle(this.#body).fontSize);
    panel.classList.toggle("low", panel.clientHeight < 24 * em);
    if (this.#root.activeElement === input) input.scrollIntoView({block: "nearest"});
  }

  /** The corner asked for, or the other one when a control of the host lies under it. @returns {boolean} */
  #corner(element, selector) {
    const position = this.getAttribute("position");
    const sides = position === "inline" ? ["inline"] : position === "bottom-left" ? ["left", "right"] : ["right", "left"];
    const controls = hostControls(this, selector);
    for (const side of sides) {
      this.#body.dataset.side = side;
      const place = element.getBoundingClientRect();
      if (side === "inline" || !controls.some((control) => overlaps(place, control))) return true;
    }
    this.#body.dataset.side = sides[0];
    return false;
  }

  #settleSoon(fresh = false) {
    this.#fresh ||= fresh;
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      this.#settle(this.#fresh);
      this.#fresh = false;
    });
  }

  /**
   * The launcher stays where it is unless it covers a control: then the other corner, or above the
   * control; nowhere free, it waits at its place in the page. `fresh`: back to its corner first.
   */
  #settle(fresh) {
    const {panel} = this.#parts || {};
    if (panel?.open) {
      if (!panel.classList.contains("full") && this.#covers(panel, LOGIN)) this.#corner(panel, LOGIN);
      return;
    }
    const docked = this.#body.classList.contains("docked");
    if (!fresh && !docked && !this.#covers(this.#launcher, CONTROLS)) return;
    this.#body.classList.remove("docked");
    this.#launcher.style.bottom = "";
    if (this.#corner(this.#launcher, CONTROLS)) return;
    const controls = hostControls(this, CONTROLS);
    const {left, right, top, bottom} = this.#launcher.getBoundingClientRect();
    for (let up = 8; up < innerHeight / 2; up += 8) {
      const place = {left, right, top: top - up, bottom: bottom - up};
      if (controls.some((control) => overlaps(place, control))) continue;
      this.#launcher.style.bottom = `${innerHeight - bottom + up}px`;
      return;
    }
    this.#body.classList.add("docked");
  }

  #covers(element, selector) {
    if (this.#body.dataset.side === "inline") return false;
    const place = element.getBoundingClientRect();
    return hostControls(this, selector).some((control) => overlaps(place, control));
  }

  #label() {
    const opened = Boolean(this.#parts?.panel.open);
    this.#launcher.replaceChildren(icon(), this.#kept.token ? WORDS.resume : this.getAttribute("label") || WORDS.open);
    this.#launcher.setAttribute("aria-expanded", String(opened));
    this.#launcher.hidden = opened;
  }

  #paint() {
    const theme = this.getAttribute("theme");
    const dark = theme === "dark" || (theme !== "light" && this.#dark.matches);
    const defaults = dark ? DEFAULTS.dark : DEFAULTS.light;
    const style = getComputedStyle(this);
    const chosen = (name) => {
      const asked = this.getAttribute(name) || style.getPropertyValue(`--aiguilleur-${name}`).trim();
      return this.#colour(asked) || this.#colour(defaults[name]);
    };
    const colours = palette(chosen("paper"), chosen("accent"));
    for (const [name, rgb] of Object.entries(colours)) this.#body.style.setProperty(`--${name}`, css(rgb));
    this.#body.style.colorScheme = luminance(colours.paper) < 0.2 ? "dark" : "light";
  }

  #colour(value) {
    if (!value || !CSS.supports("color", value)) return null;
    const probe = make("span", {hidden: true});
    const plain = `color-mix(in srgb, ${value}, ${value})`;
    probe.style.forcedColorAdjust = "none";
    probe.style.color = CSS.supports("color", plain) ? plain : value;
    this.#body.append(probe);
    const computed = getComputedStyle(probe).color;
    probe.remove();
    return numbers(computed);
  }

  /* Talking */

  /** Begin, or go on with what this tab keeps. */
  async #enter() {
    if (this.#kept.token && Date.now() - this.#seen > IDLE) return this.#fold();
    this.#view("talking");
    return this.#work(() => (this.#kept.token ? this.#recall() : this.#greet()));
  }

  /** One piece of work with the server at a time, then what waits to be sent; a failure stops it and is told. */
  async #work(first) {
    if (this.#busy) return;
    const life = this.#life;
    this.#busy = true;
    clearTimeout(this.#pause);
    this.#parts.retry.hidden = true;
    try {
      await first?.();
      await this.#flush();
      this.#status("");
    } catch (error) {
      this.#failed(error);
    } finally {
      if (life === this.#life) this.#busy = false;
    }
  }

  /** A request; its answer is dropped when the conversation was erased meanwhile. */
  async #server(method, path, more = {}) {
    const life = this.#life;
    const onSlow = (text) => life === this.#life && this.#status(text);
    const came = await ask(this.origin, method, path, {token: this.#kept.token, onSlow, ...more}).then(
      (answer) => ({answer, error: null}),
      (error) => ({answer: null, error}),
    );
    if (life !== this.#life) throw new Failure("", GONE);
    if (came.error) throw came.error;
    return came.answer;
  }

  /** Open a session; its welcome is shown, then what was typed while it opened. */
  async #greet() {
    const session = await this.#server("POST", "/session", {token: null});
    this.#touch();
    this.#keep({token: session.token, welcome: session.messages, seen: this.#seen});
    this.#showCards(session.messages);
    this.#putBack();
  }

  /** Show again what was said in this session, in silence: none of it is new. */
  async #recall() {
    const {log} = this.#parts;
    try {
      await this.#flush((message) => !message.element);
      const {messages} = await this.#server("GET", "/history");
      log.setAttribute("aria-live", "off");
      log.replaceChildren();
      this.#said = [];
      (this.#kept.welcome || []).forEach((card) => this.#append(card));
      messages.forEach((entry) => (entry.from === "user" ? this.#past(entry.text) : this.#append(entry.card)));
      log.scrollTop = log.scrollHeight;
      setTimeout(() => log.setAttribute("aria-live", "polite"), 500);
      this.#putBack();
      this.#touch();
    } catch (error) {
      if (error.status !== 401) throw error;
      await this.#restart();
    }
  }

  /** A message of the past: the button that was pressed, or a bubble. */
  #past(text) {
    const groups = this.#choices();
    const pressed = groups.find((group) => [...group.children].some((button) => button.textContent === text));
    if (pressed) {
      pressed.replaceWith(this.#chosen(text));
      this.#said.push({who: WORDS.you, text});
    } else this.#bubble(text);
    groups.forEach((group) => group.remove());
  }

  #choices() {
    return [...this.#parts.log.querySelectorAll(".choices")];
  }

  /** What waits to be sent comes last. */
  #putBack() {
    for (const {element, said} of this.#queue) {
      if (!element) continue;
      this.#parts.log.append(element);
      this.#said = [...this.#said.filter((other) => other !== said), said];
    }
  }

  /** The session has ended: what waits goes to a new one, a button as what it says. */
  async #restart() {
    this.#keep({token: undefined, welcome: undefined});
    this.#parts.log.append(make("p", {class: "note"}, WORDS.expired));
    for (const message of this.#queue) {
      message.body = {text: message.shown};
      if (!message.element) Object.assign(message, this.#bubble(message.shown));
    }
    await this.#greet();
    this.#keepQueue();
  }

  #typed() {
    const {input, count, error, warning} = this.#parts;
    const left = MAX_CHARACTERS - [...input.value].length;
    clearTimeout(this.#counting);
    this.#counting = setTimeout(() => (count.textContent = left <= NEAR_LIMIT ? remaining(left) : ""), 400);
    if (left >= 0) this.#fault("");
    else if (error.textContent !== WORDS.tooLong) this.#fault(WORDS.tooLong);
    warning.hidden = true;
    input.style.height = "";
    if (input.value) input.style.height = `${input.scrollHeight + input.offsetHeight - input.clientHeight}px`;
    this.#touch();
  }

  #fault(text) {
    const {input, error} = this.#parts;
    error.textContent = text;
    input.setAttribute("aria-describedby", text ? "error hint keys" : "hint keys");
    if (text) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  #submit() {
    const {input} = this.#parts;
    const text = input.value.trim();
    if (!text) return this.#fault(WORDS.empty);
    if ([...text].length > MAX_CHARACTERS) return this.#fault(WORDS.tooLong);
    const secret = suspected(text);
    return secret ? this.#warn(secret) : this.#sendTyped(text);
  }

  #sendTyped(text) {
    const {input} = this.#parts;
    input.value = "";
    this.#typed();
    this.#choices().forEach((group) => group.remove());
    this.#send({text}, text, this.#bubble(text));
  }

  #warn(secret) {
    const {warning, input} = this.#parts;
    warning.replaceChildren(make("p", {role: "alert"}, suspicion(secret.what)),
      press("choice", WORDS.masked, () => { input.focus(); this.#sendTyped(secret.masked); }),
      press("choice", WORDS.edit, () => { input.focus(); warning.hidden = true; }));
    warning.hidden = false;
  }

  #choose(button, group) {
    const element = this.#chosen(button.title);
    group.replaceWith(element);
    this.#press(button, element);
  }

  #startTopic(topic) {
    this.#toggleTopics(false);
    const element = this.#chosen(topic.title);
    this.#parts.log.append(element);
    this.#press(topic, element);
  }

  #press({title, payload}, element) {
    this.#choices().forEach((group) => group.remove());
    element.focus({preventScroll: true});
    const said = {who: WORDS.you, text: title};
    this.#said.push(said);
    this.#send({payload}, title, {element, said});
  }

  #send(body, shown, shownAs) {
    this.#touch();
    this.#queue.push({body, shown, id: freshId(), ...shownAs});
    this.#keepQueue();
    this.#goOn();
  }

  /** What waits goes out; but first what was said before, if it could not be shown yet. */
  #goOn() {
    const shown = !this.#kept.token || this.#parts.log.querySelector(".card");
    if (this.#queue.length && shown) this.#work();
    else this.#enter();
  }

  /** Send what waits, in order, one at a time; each keeps its id, so that sending again is no second message. */
  async #flush(which = () => true) {
    while (this.#queue.length && which(this.#queue[0])) {
      const next = this.#queue[0];
      try {
        if (!this.#kept.token) await this.#greet();
        const answer = await this.#server("POST", "/message", {body: {...next.body, id: next.id}});
        this.#queue.shift();
        this.#keepQueue();
        this.#answered(next, answer);
      } catch (error) {
        if ([400, 413].includes(error.status)) this.#refused(next, error);
        else if (error.status === 401 && next.element && !next.again) {
          next.again = true;
          await this.#restart();
        } else throw error;
      }
    }
  }

  #answered(message, answer) {
    if (!message.element) return; // the history, read next, has it
    const {element, said} = message;
    element.querySelector(".unsent")?.remove();
    const words = element.querySelector(".words");
    if (answer.text !== undefined && words) words.textContent = said.text = answer.text;
    const held = this.#root.activeElement;
    const heading = this.#showCards(answer.messages);
    if (!words && (held === element || held === this.#parts.log)) heading?.focus({preventScroll: true});
    this.#touch();
    if (answer.erased) this.#left(answer.messages);
  }

  /** The server will never take this one: its words go back to the input, before those being typed. */
  #refused(message, error) {
    const {input} = this.#parts;
    this.#queue.shift();
    this.#keepQueue();
    message.element?.remove();
    this.#said = this.#said.filter((said) => said !== message.said);
    input.value = [message.shown, input.value].filter(Boolean).join("\n");
    this.#fault(error.message);
  }

  /** Something did not go: say so in plain words; what was written stays, and can be sent again. */
  #failed(error) {
    if (error.status === GONE) return;
    const next = this.#queue[0];
    if (next?.element && !next.element.querySelector(".unsent")) next.element.append(make("span", {class: "unsent"}, WORDS.notSent));
    if (error.status === 429) {
      const seconds = Math.max(1, Math.ceil(error.wait));
      this.#status(waiting(seconds));
      this.#pause = setTimeout(() => this.#retry(), seconds * 1000);
      return;
    }
    const why = error instanceof Failure && error.status !== 503 ? error.message : WORDS.busy;
    this.#status(navigator.onLine ? why + (next ? WORDS.safe : "") : next ? WORDS.offline : WORDS.offlineIdle);
    this.#parts.retry.hidden = false;
  }

  #retry() {
    const {retry, log} = this.#parts;
    if (this.#state !== "talking") return;
    if (this.#root.activeElement === retry) log.focus({preventScroll: true});
    this.#status("");
    this.#goOn();
  }

  #online() {
    if (this.#state !== "talking") return;
    if (this.#queue.length || !this.#parts.retry.hidden) this.#retry();
    else this.#status(WORDS.online);
  }

  /* Showing */

  /** Append Cards and bring the first into view. @returns {HTMLElement|undefined} its heading. */
  #showCards(cards) {
    const elements = cards.map((card) => this.#append(card));
    const {log, panel} = this.#parts;
    const first = elements[0];
    if (!first) return undefined;
    const scroller = panel.classList.contains("low") ? panel : log;
    const head = scroller === panel ? panel.querySelector(".head").offsetHeight : 0;
    const mine = first.previousElementSibling;
    const above = !head && mine?.matches(".mine") ? Math.min(mine.offsetHeight + 24, 104) : 8 + head;
    scroller.scrollTop += first.getBoundingClientRect().top - scroller.getBoundingClientRect().top - above;
    return first.querySelector("h3");
  }

  #append(card) {
    const element = cardElement(card, {
      copy: (fact, code) => this.#copy(fact.value, WORDS.copied + fact.label, code),
      choose: (button, group) => this.#choose(button, group),
    });
    this.#parts.log.append(element);
    this.#said.push({who: WORDS.bot, text: cardText(card)});
    return element;
  }

  #bubble(text) {
    const {log} = this.#parts;
    const element = make("div", {class: "mine"}, make("p", {class: "who"}, WORDS.you), make("p", {class: "words"}, text));
    const said = {who: WORDS.you, text};
    this.#said.push(said);
    log.append(element);
    log.scrollTop = log.scrollHeight;
    return {element, said};
  }

  #chosen(title) {
    return make("p", {class: "chosen", tabindex: -1}, WORDS.chosen, make("strong", {}, title));
  }

  #status(text) {
    if (this.#parts) this.#parts.status.textContent = text;
  }

  async #copy(text, done, element) {
    try {
      await navigator.clipboard.writeText(text);
      this.#status(done);
    } catch {
      const range = document.createRange();
      range.selectNodeContents(element);
      const selection = getSelection();
      selection?.removeAllRanges();
      selection?.addRange(range);
      this.#status(document.execCommand("copy") ? done : WORDS.copyFailed);
    }
  }

  #copyAll() {
    const text = this.#said.map(({who, text: words}) => `${who}\u00a0:\n${words}`).join("\n\n");
    this.#copy(text, WORDS.copiedAll, this.#parts.log);
  }

  /* Topics */

  async #toggleTopics(open = this.#parts.topics.hidden) {
    const {topics, topicsButton} = this.#parts;
    topics.hidden = !open;
    topicsButton.setAttribute("aria-expanded", String(open));
    if (!open || topics.childElementCount) return;
    try {
      const listed = await this.#topics();
      if (topics.childElementCount) return;
      topics.append(...listed.map((topic) => make("li", {}, press("topic", topic.title, () => this.#startTopic(topic)))),
        make("li", {}, link(WORDS.help, `${this.origin}/aide`)));
    } catch (error) {
      this.#toggleTopics(false);
      this.#status(error.message);
    }
  }

  async #topics() {
    return (await ask(this.origin, "GET", "/topics")).topics;
  }

  /* Leaving */

  #touch() {
    if (this.#state !== "talking") return;
    this.#seen = Date.now();
    if (this.#kept.token && this.#seen - (this.#kept.seen || 0) > 1000) this.#keep({seen: this.#seen});
  }

  #foldIfIdle() {
    if (this.#state === "talking" && this.#kept.token && Date.now() - this.#seen > IDLE) this.#fold();
  }

  /** Out of sight, and out of the page: somebody else may sit at this screen. */
  #fold() {
    for (const message of this.#queue) message.element = null;
    this.#view("folded", WORDS.folded, press("primary", WORDS.unfold, () => this.#unfold()), press("choice", WORDS.erase, () => this.#erase()));
  }

  #unfold() {
    this.#seen = Date.now();
    this.#enter();
    this.#arrive();
  }

  /** The question takes the focus, not its answer: a key held down must not erase. */
  #confirmEnd() {
    const {confirm} = this.#parts;
    this.#toggleTopics(false);
    confirm.hidden = false;
    confirm.focus();
  }

  #keepTalking() {
    this.#parts.confirm.hidden = true;
    this.#parts.end.focus();
  }

  async #erase() {
    const {confirm, end, panel} = this.#parts;
    const held = panel.contains(this.#root.activeElement);
    try {
      if (this.#kept.token) await this.#server("DELETE", "/session");
    } catch (error) {
      if (error.status === GONE) return;
      if (error.status !== 401) {
        confirm.hidden = true;
        if (held && this.#state === "talking") end.focus();
        this.#status(WORDS.eraseFailed);
        return;
      }
    }
    this.#left();
  }

  /** Nothing is left: neither here nor there. */
  #left(cards = []) {
    this.#life += 1;
    this.#busy = false;
    clearTimeout(this.#pause);
    this.#queue = [];
    this.#kept = {topic: this.#kept.topic};
    forget();
    this.#parts.input.value = "";
    this.#typed();
    const words = cards.map((card) => card.text).join(" ") || WORDS.erased;
    this.#view("ended", words, press("primary", WORDS.again, () => { this.#enter(); this.#arrive(); }));
    this.#label();
  }

  /** What the panel shows: the conversation, or a sentence, which takes the focus, and what can be done. */
  #view(state, words = "", ...buttons) {
    const {aside, log, form, tools, retry, topics, confirm, warning, panel} = this.#parts;
    const held = panel.contains(this.#root.activeElement);
    const talking = state === "talking";
    if (!talking || this.#state !== "talking") {
      log.replaceChildren();
      this.#said = [];
    }
    this.#state = state;
    const sentence = make("p", {tabindex: -1}, words);
    aside.replaceChildren(sentence, ...buttons);
    aside.hidden = talking;
    [log, form, tools].forEach((element) => (element.hidden = !talking));
    [retry, topics, confirm, warning].forEach((element) => (element.hidden = true));
    this.#toggleTopics(false);
    this.#fault("");
    this.#status("");
    if (held && !talking) sentence.focus({preventScroll: true});
  }

  /* Keeping: this tab only, and nothing before the panel was opened. */

  #keep(more) {
    this.#kept = {...this.#kept, ...more};
    if (!this.#kept.token) return;
    try {
      sessionStorage.setItem(KEY, JSON.stringify(this.#kept));
    } catch {
      // Storage refused by the browser: the conversation lasts as long as the page.
    }
  }

  /** What is not answered yet, so that a page reloaded in despair neither loses it nor sends it twice. */
  #keepQueue() {
    this.#keep({waiting: this.#queue.map(({body, id, shown}) => ({body, id, shown}))});
  }
}

function stored() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) || "{}");
    return typeof kept.token === "string" ? kept : {};
  } catch {
    return {};
  }
}

function forget() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}

/* The look ---------------------------------------------------------------------------------- */

const LOOK = `
:host { display: block; min-height: 4.5rem; }
:host([position="inline"]) { min-height: 0; }
:host([hidden]) { display: none; }
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
.root { font: max(1rem, 16px)/1.5 var(--aiguilleur-font, system-ui, sans-serif); color: var(--ink); text-align: start;
  text-transform: none; text-indent: 0; text-shadow: none; white-space: normal; cursor: auto; visibility: visible; }
p, h2, h3, ol, ul, dl, dd { margin: 0; padding: 0; }
button, textarea { font: inherit; color: inherit; letter-spacing: inherit; word-spacing: inherit; margin: 0; }
button { min-height: 44px; min-width: 44px; padding: .5em .9em; border-radius: .5em; border: 1px solid var(--link);
  background: var(--paper); color: var(--link); cursor: pointer; line-height: 1.25; overflow-wrap: break-word; }
@media (hover: hover) { button:hover { text-decoration: underline; text-underline-offset: .2em; } }
a { color: var(--link); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
[tabindex="-1"]:focus { outline: none; }
[tabindex="-1"]:focus-visible { outline: 2px solid var(--line); outline-offset: 2px; border-radius: .25em; }
.heard { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }

.primary, .launcher, .head { background: var(--fill); color: var(--on-fill); border-color: var(--fill); font-weight: 600; }
.launcher { position: fixed; z-index: 2147483000; bottom: var(--aiguilleur-bottom, 1rem); min-height: 48px; max-width: calc(100vw - 2rem);
  display: flex; align-items: center; gap: .6em; padding: .5em 1.25em; border-radius: 1.75em;
  box-shadow: 0 0 0 2px var(--paper), 0 4px 16px rgb(0 0 0 / .3); }
.launcher:focus-visible { outline-offset: 2px; box-shadow: 0 0 0 2px var(--paper), 0 0 0 7px var(--paper); }
.launcher svg { flex: none; width: 1.4em; height: 1.4em; fill: currentColor; }
[data-side="right"] :is(.launcher, .panel) { right: 1rem; left: auto; }
[data-side="left"] :is(.launcher, .panel) { left: 1rem; right: auto; }
[data-side="inline"] .launcher, .docked .launcher { position: static; margin: .75rem 1rem; }

.panel { position: fixed; z-index: 2147483000; bottom: 1rem; top: auto; margin: 0; padding: 0;
  width: min(28em, calc(100vw - 2rem)); height: min(44em, calc(100vh - 2rem)); max-width: none; max-height: none;
  border: 1px solid var(--line); border-radius: var(--aiguilleur-radius, .75em); background: var(--paper); color: var(--ink);
  flex-direction: column; overflow: hidden; overscroll-behavior: contain; box-shadow: 0 8px 32px rgb(0 0 0 / .25); }
.panel[open] { display: flex; }
[data-side="inline"] .panel:not(.full) { position: static; width: 100%; box-shadow: none; }
.panel.full { inset: 0 !important; bottom: auto !important; width: 100vw; height: 100vh; height: 100dvh; border: 0; border-radius: 0; }
.panel.full::backdrop { background: var(--paper); }
.panel > * { flex: none; }

.head { display: flex; align-items: center; justify-content: space-between; gap: .5em; padding: .25em .25em .25em 1em; }
h2 { font-size: 1em; line-height: 1.25; }
.head :focus-visible { outline-color: var(--on-fill); outline-offset: -3px; }
.bare { background: none; border-color: transparent; font-size: .9375em; padding: .5em .75em; flex: none; max-width: 100%; }
.head .bare { color: inherit; border-color: currentColor; font-size: .875em; }
.tools { display: flex; flex-wrap: wrap; border-bottom: 1px solid var(--line); padding: 0 .25em; }
.tools .end { margin-inline-start: auto; }
.tools :focus-visible, .topics :focus-visible { outline-offset: -3px; }
.skip { position: absolute; inset-inline-start: -200vw; }
.skip:focus { position: static; padding: .6em 1em; min-height: 44px; outline-offset: -3px; }

.topics { list-style: none; order: 1; flex: 1 0 100%; margin: 0 -.25em; max-height: min(18em, 45vh); overflow-y: auto; border-top: 1px solid var(--line); background: var(--soft); }
.topics li + li { border-top: 1px solid var(--paper); }
.topics button { width: 100%; text-align: start; border: 0; border-radius: 0; background: none; padding: .6em 1em; }
.topics a { display: block; padding: .6em 1em; min-height: 44px; }

.log { flex: 1 1 6em; min-height: 6em; overflow-y: auto; overscroll-behavior: contain; padding: .9em 1em;
  display: flex; flex-direction: column; gap: .9em; }
.log:focus-visible { outline-offset: -3px; }
.log > * { flex: none; }
.card, .mine { border-radius: .9em; padding: .7em .9em; overflow-wrap: anywhere; border: 1px solid transparent; }
.card { background: var(--soft); align-self: stretch; margin-inline-end: 1em; border-start-start-radius: .2em;
  display: flex; flex-direction: column; gap: .6em; }
.card.warning { border-inline-start: 5px solid var(--alert); }
.card.success { border-inline-start: 5px solid var(--good); }
.who { display: block; font-size: .8125em; line-height: 1.4; font-weight: 600; color: var(--quiet); }
h3 { font-size: 1em; line-height: 1.35; font-weight: 600; }
.title { display: block; font-size: 1.0625em; margin-top: .1em; }
.mine { background: var(--fill); color: var(--on-fill); align-self: flex-end; max-width: 85%; border-start-end-radius: .2em; }
.mine .who { color: inherit; }
.words { white-space: pre-wrap; }
.unsent { display: block; font-size: .8125em; font-style: italic; }
.chosen { font-size: .9375em; padding: .1em .3em; }
.log > .chosen { align-self: flex-end; max-width: 85%; }
.note { font-size: .9375em; border-top: 1px solid var(--line); padding-top: .6em; }
ol { padding-inline-start: 1.6em; }
li + li { margin-top: .3em; }
ol > li::marker { font-weight: 600; }
.topics li + li { margin: 0; }
dl { display: flex; flex-direction: column; gap: .5em; }
.fact { background: var(--paper); border: 1px solid var(--line); border-radius: .5em; padding: .4em .4em .4em .7em; }
dt { font-size: .875em; font-weight: 600; color: var(--quiet); }
dd { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .25em .5em; }
code { font: .9375em/1.5 ui-monospace, "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; min-width: 0; flex: 0 1 auto; padding: .2em 0; }
.links { display: flex; flex-direction: column; align-items: flex-start; }
.links a { padding: .55em 0; min-height: 44px; }
.tab, .source, .count, .keys { font-size: .8125em; }
.source, .keys { color: var(--quiet); }
.keys { margin-inline-start: auto; }
.source a { display: inline-block; padding: .7em 0; }
.choices { display: flex; flex-wrap: wrap; gap: .5em; }
.choice { border-radius: 1.4em; font-weight: 600; }
.small { padding: .3em .8em; font-size: .9375em; margin-inline-start: auto; }

.state, .confirm, .secret, .aside { display: flex; flex-wrap: wrap; gap: .5em; align-items: center; }
.state { padding: 0 1em; }
.status { flex: 1 1 12em; padding: .5em 0; font-size: .9375em; }
.status:empty { padding: 0; }
.error:empty { margin-top: -.4em; }
.count:empty { margin-inline-start: -.75em; }
.confirm { padding: .75em 1em; background: var(--soft); border-bottom: 1px solid var(--line); }
.confirm:focus-visible { outline-offset: -2px; border-radius: 0; }
.confirm p, .secret p, .aside p { flex-basis: 100%; }
.confirm p { font-weight: 600; }
.aside { flex: 1; align-content: center; padding: 1.5em; gap: .75em; }
.secret { border: 2px solid var(--alert); border-radius: .5em; padding: .6em .75em; }
.error { font-weight: 600; font-size: .9375em; }

form { display: flex; flex-direction: column; gap: .4em; padding: .6em 1em .25em; border-top: 1px solid var(--line); }
.above, .below { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 0 .75em; }
label { font-weight: 600; font-size: .9375em; }
.count { font-weight: 600; }
.entry { display: flex; flex-wrap: wrap; gap: .5em; align-items: flex-end; }
textarea { flex: 1 1 9em; min-width: 0; min-height: 44px; max-height: 8em; padding: .55em .7em; line-height: 1.3; border: 1px solid var(--line);
  border-radius: .5em; background: var(--paper); color: var(--ink); resize: none; overflow-y: auto; scroll-margin: .75em; }
textarea:focus-visible { outline-offset: 0; }
textarea[aria-invalid] { border: 2px dashed var(--alert); }
.below { color: var(--quiet); font-size: .8em; column-gap: .5em; }
.below .tab { font-size: 1em; }
.below p { flex: 1 1 10em; }
.below a { padding: .8em 0; min-height: 44px; }
@media (hover: none) { .keys { display: none; } }

.panel.low { display: block; overflow-y: auto; }
.panel.low:not([open]) { display: none; }
.panel.low .head { position: sticky; top: 0; z-index: 1; }
.panel.low :is(.log, .topics) { overflow: visible; min-height: 0; max-height: none; }
@media (forced-colors: active) {
  .card, .mine, .launcher { border: 1px solid CanvasText; }
  .head { border-bottom: 1px solid CanvasText; }
  .card.warning, .card.success { border-inline-start-width: 5px; }
  :focus-visible { outline-color: Highlight !important; }
}
@media print { .launcher, form, .tools { display: none; } .panel, .log { position: static; height: auto; overflow: visible; } }
`;

/** The look, under strict style-src too; a `<style>` for Safari before 16.4, which has no other way. */
function adopt(root) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(LOOK);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(make("style", {}, LOOK));
  }
}

if (!customElements.get("aiguilleur-chat")) customElements.define("aiguilleur-chat", AiguilleurChat);
