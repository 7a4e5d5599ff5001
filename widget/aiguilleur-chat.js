/**
 * <aiguilleur-chat>: the assistant in a corner of any page.
 *
 * One module, no dependency, no build step: one file because a page's `integrity` covers one file.
 * Written for strict pages: no inline style or script, no innerHTML, no eval. What it asks of the
 * server is the web channel (docs/openapi.yml); what it shows is the Card.
 *
 * Sections: words, secrets, colours, server, Cards, launcher's place, the element, the look.
 */

/** @typedef {{label: string, value: string, copy?: boolean}} Fact */
/** @typedef {{title: string, url: string}} Link */
/** @typedef {{title: string, payload: string}} Button */
/** @typedef {{label: string, url?: string|null, verified_on?: string}} Source */
/** @typedef {{text: string, title?: string, steps?: string[], facts?: Fact[], links?: Link[],
 *   buttons?: Button[], source?: Source, level?: "info"|"success"|"warning"}} Card */
/** @typedef {{body: {text?: string, payload?: string}, id: string, shown: string,
 *   pressed: boolean, element: HTMLElement, said: {who: string, text: string}}} Outgoing */

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
  hint: "Entrée envoie, Maj + Entrée va à la ligne. N’écrivez ni mot de passe, ni code, ni NUMEN.",
  send: "Envoyer",
  topics: "Sujets",
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
  sending: "Envoi en cours…",
  slow: "La réponse tarde, j’attends encore. Vous pouvez continuer à écrire.",
  offline: "Vous êtes hors ligne. Votre message partira au retour du réseau.",
  offlineIdle: "Vous êtes hors ligne. Vous pouvez continuer à écrire.",
  online: "Le réseau est revenu.",
  network: "Le réseau ne répond pas. Votre message est gardé ici, rien n’est perdu.",
  tooSlow: "L’assistant n’a pas répondu à temps. Votre message est gardé ici, rien n’est perdu.",
  busy: "Le service est momentanément indisponible. Votre message est gardé ici, rien n’est perdu.",
  start: "L’assistant ne répond pas encore.",
  retry: "Réessayer",
  notSent: "Pas encore envoyé",
  expired: "La session précédente a expiré. Une nouvelle conversation commence ici.",
  folded: "Conversation repliée après 15 minutes sans activité.",
  foldedMore: "Si quelqu’un d’autre utilise cet appareil, effacez-la.",
  unfold: "Reprendre",
  erase: "Effacer",
  keep: "Garder",
  confirm: "Effacer toute la conversation\u00a0?",
  erased: "La conversation est effacée.",
  eraseFailed: "L’effacement n’a pas abouti. Réessayez.",
  again: "Nouvelle conversation",
  masked: "Envoyer masqué",
  edit: "Modifier",
};
const ARTICLES = {
  le: "port serveur message numéro téléphone formulaire webmail lien nom code chemin dossier",
  la: "sécurité méthode taille page ville boîte",
  "l’": "identifiant adresse objet authentification utilisateur",
};
const waiting = (seconds) =>
  `Trop de messages à la suite. Le vôtre partira tout seul dans ${seconds}\u00a0s.`;
const remaining = (left) =>
  left >= 0
    ? `Il reste ${left} caractère${left > 1 ? "s" : ""}.`
    : `Message trop long de ${-left} caractère${left < -1 ? "s" : ""}\u00a0: gardez l’essentiel.`;

/** “Copier le port : 993”: what a copy button is called. @param {Fact} fact */
function copyName(fact) {
  const label = fact.label[0].toLowerCase() + fact.label.slice(1);
  const first = label.split(/[ ’']/)[0];
  const article = Object.keys(ARTICLES).find((key) => ARTICLES[key].split(" ").includes(first));
  const named = !article ? fact.label : article.endsWith("’") ? article + label : `${article} ${label}`;
  const short = fact.value.length <= 60 && !fact.value.includes("\n");
  return `Copier ${named}${short ? `\u00a0: ${fact.value}` : ""}`;
}

/* Secrets: a first warning. The server masks all the same, and knows much more. -------------- */

const GAP = "[ .\\-_]?";
const NUMEN = new RegExp(
  `(^|[^a-z0-9])([0-9]${GAP}[0-9]${GAP}[a-z]${GAP}(?:[0-9]${GAP}){7}[a-z]${GAP}[a-z]${GAP}[a-z])(?![a-z0-9])`,
  "gi",
);
const PASSWORD =
  /((?:^|[^a-zà-ÿ])(?:mdp|mots? de passe?|password|passe|pass|pwd)\s*(?:[:=]|est|c['’\s]?est)\s*[«"“]?\s*)([^\s«»"“”]{4,}[^\s«»"“”,;.?!]|[^\s«»"“”]{4,})/gi;
const CODE = /((?:^|[^a-zà-ÿ])code(?:\s(?:reçu|recu|sms|de vérification))?\s*(?:[:=]|est|c['’]est)?\s*)([0-9]{6})(?![0-9])/gi;
const SECRETS = [
  {pattern: NUMEN, mask: "[NUMEN]", what: "un NUMEN"},
  {pattern: PASSWORD, mask: "[MOT DE PASSE]", what: "un mot de passe", such: looksSecret},
  {pattern: CODE, mask: "[CODE]", what: "un code de vérification"},
];

/** After “mdp :”, anything with a digit or a sign inside; “mdp : refusé” is no secret. */
function looksSecret(announced, value) {
  return /\d|[a-zà-ÿ][^a-zà-ÿ'’\-\s]+[a-zà-ÿ]|[#@$%&*+!?]$/i.test(value) && !/^https?:/i.test(value);
}

/**
 * What looks secret in a text, and the text without it; null when nothing does.
 * @param {string} text
 * @returns {{what: string, masked: string}|null}
 */
export function suspected(text) {
  const found = [];
  let masked = text;
  for (const {pattern, mask, what, such} of SECRETS) {
    masked = masked.replace(pattern, (whole, before, value) => {
      if (value.startsWith("[") || (such && !such(before, value))) return whole;
      if (!found.includes(what)) found.push(what);
      return before + mask;
    });
  }
  return found.length ? {what: found.join(" et "), masked} : null;
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

/** The colour nearest to `rgb` that keeps `ratio` against all of `papers`. */
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
  let soft = mixed(paper, strongest, 0.07);
  if (contrast(strongest, soft) < 4.5) soft = paper;
  const papers = [paper, soft];
  const ink = readable(mixed(strongest, paper, 0.1), papers, Math.min(12, contrast(strongest, soft)));
  const fill = readable(accent, papers, 3);
  return {
    paper,
    soft,
    ink,
    line: readable(mixed(ink, paper, 0.5), papers, 3),
    link: readable(accent, papers, 4.5),
    fill,
    "on-fill": best(fill),
    alert: readable([180, 83, 9], papers, 3),
    good: readable([21, 128, 61], papers, 3),
  };
}

/** A colour that the browser has computed, in numbers; null when it is none. */
function numbers(computed) {
  const parts = (computed.match(/-?[\d.]+(?:e-?\d+)?/g) || []).slice(0, 3).map(Number);
  if (parts.length < 3) return null;
  if (computed.startsWith("rgb")) return parts;
  return computed.startsWith("color(srgb") ? parts.map((part) => Math.min(255, Math.max(0, part * 255))) : null;
}

/* The server -------------------------------------------------------------------------------- */

/** A refusal or a failure: `status` 0 when nothing came back, `wait` in seconds when told. */
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
    if (response.ok) return answer;
    const wait = Number(response.headers.get("Retry-After")) || 0;
    throw new Failure(answer.detail || answer.title || WORDS.busy, response.status, wait);
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (error instanceof SyntaxError) throw new Failure(WORDS.busy, 503);
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

/** A link that leaves by a new tab; the bare text when its address is not one of the web's. */
function link(title, url) {
  if (!/^(https?:|mailto:|tel:)/i.test(url)) return document.createTextNode(title);
  return make("a", {href: url, target: "_blank", rel: "noopener noreferrer"}, title, make("span", {class: "quiet"}, WORDS.newTab));
}

/** A date of the wire (2026-11-23) as French writes it. */
function day(date) {
  const [year, month, number] = date.split("-").map(Number);
  const written = new Intl.DateTimeFormat("fr-FR", {dateStyle: "long"}).format(new Date(year, month - 1, number));
  return make("time", {datetime: date}, written);
}

/**
 * A Card on screen.
 * @param {Card} card @param {{copy: (fact: Fact, code: HTMLElement) => void, choose: (button: Button, group: HTMLElement) => void}} acts
 */
function cardElement(card, acts) {
  const who = card.level === "warning" ? `${WORDS.bot}, ${WORDS.warning}` : WORDS.bot;
  const heading = make("h3", {tabindex: -1}, make("span", {class: "who"}, who, card.title ? make("span", {class: "apart"}, "\u00a0: ") : null));
  if (card.title) heading.append(make("span", {class: "title"}, card.title));
  const box = make("article", {class: `card ${card.level || "info"}`}, heading, make("p", {}, card.text));
  if (card.steps?.length) box.append(make("ol", {}, ...card.steps.map((step) => make("li", {}, step))));
  if (card.facts?.length) box.append(make("dl", {}, ...card.facts.flatMap((fact) => factElements(fact, acts))));
  for (const {title, url} of card.links || []) box.append(make("p", {}, link(title, url)));
  if (card.source) box.append(sourceElement(card.source));
  if (card.buttons?.length) {
    const group = make("div", {class: "choices", role: "group", "aria-label": WORDS.choices});
    for (const button of card.buttons) group.append(press("choice", button.title, () => acts.choose(button, group)));
    box.append(group);
  }
  return box;
}

function factElements(fact, acts) {
  const code = make("code", {}, fact.value);
  const name = copyName(fact);
  const copy = fact.copy ? press("small", "Copier", () => acts.copy(fact, code)) : null;
  copy?.setAttribute("aria-label", name);
  return [make("dt", {}, fact.label), make("dd", {}, code, copy)];
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
  if (card.source) lines.push(`Source\u00a0: ${card.source.label}`);
  return lines.filter(Boolean).join("\n");
}

/* The launcher's place ---------------------------------------------------------------------- */

const overlaps = (one, other) =>
  one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;

/** What a person must be able to press on the host's page. @param {Element} except */
function hostControls(except) {
  const all = document.querySelectorAll("button, input:not([type=hidden]), select, textarea, [role=button]");
  return [...all].filter((element) => !except.contains(element)).map((element) => element.getBoundingClientRect());
}

/* The element ------------------------------------------------------------------------------- */

export class AiguilleurChat extends HTMLElement {
  static observedAttributes = ["accent", "paper", "theme", "position", "label"];

  #root = this.attachShadow({mode: "open"});
  #body = make("div", {class: "root", lang: "fr"});
  #launcher = make("button", {type: "button", class: "launcher", "aria-expanded": "false", "aria-haspopup": "dialog", onclick: () => this.open()});
  #parts = /** @type {any} */ (null);
  /** @type {{token?: string, seen?: number, open?: boolean, topic?: string}} */
  #kept = {};
  /** @type {Outgoing[]} */
  #queue = [];
  /** @type {{who: string, text: string}[]} */
  #said = [];
  #state = "new"; // new, talking, folded, ended
  #busy = false;
  #seen = 0;
  #later = 0;
  #frame = 0;
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
    this.#kept = stored();
    this.#seen = this.#kept.seen || 0;
    this.#paint();
    this.#label();
    const settle = () => this.#settleSoon();
    on(this.#dark, "change", () => this.#paint());
    on(this.#narrow, "change", () => this.#remode());
    on(window, "scroll", settle, {passive: true, capture: true});
    on(window, "resize", settle);
    on(window, "load", settle);
    on(window, "online", () => this.#online());
    on(window, "offline", () => this.#status(this.#queue.length ? WORDS.offline : WORDS.offlineIdle));
    on(document, "visibilitychange", () => this.#foldIfIdle());
    if (window.visualViewport) {
      on(window.visualViewport, "resize", () => this.#fit());
      on(window.visualViewport, "scroll", () => this.#fit());
    }
    this.#later = setInterval(() => this.#foldIfIdle(), 15000);
    settle();
    const topic = this.#asked();
    if (topic && topic !== this.#kept.topic) this.open();
    else if (this.#kept.token && this.#kept.open && !this.#narrow.matches) this.open({quietly: true});
  }

  disconnectedCallback() {
    this.#stop.abort();
    clearInterval(this.#later);
    cancelAnimationFrame(this.#frame);
  }

  attributeChangedCallback() {
    if (!this.isConnected) return;
    this.#paint();
    this.#label();
    this.#settleSoon();
  }

  /** Where the assistant answers: the attribute, or where this script comes from. */
  get origin() {
    return (this.getAttribute("origin") || SCRIPT_ORIGIN).replace(/\/+$/, "");
  }

  /** Open the panel. `quietly`: as it was left, without taking the focus. */
  async open({quietly = false} = {}) {
    const parts = (this.#parts ??= this.#build());
    if (parts.panel.open) return;
    this.#show();
    this.#keep({open: true});
    this.#label();
    if (!quietly) (this.#narrow.matches ? parts.title : parts.input).focus({preventScroll: true});
    if (this.#state === "new" || this.#state === "folded") await this.#enter();
    this.#openTopic();
  }

  /** Fold the panel back; the conversation stays. */
  close() {
    if (!this.#parts?.panel.open) return;
    this.#parts.panel.close();
    this.#keep({open: false});
    this.#label();
    this.#settle();
    this.#launcher.focus({preventScroll: true});
  }

  /* Building and placing */

  #build() {
    const title = make("h2", {id: "title", tabindex: -1}, WORDS.title);
    const close = press("small", WORDS.close, () => this.close());
    const log = make("div", {role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": WORDS.log, tabindex: 0, class: "log"});
    const status = make("p", {role: "status", class: "status"});
    const retry = press("choice", WORDS.retry, () => this.#retry());
    retry.hidden = true;
    const input = /** @type {HTMLTextAreaElement} */ (make("textarea", {id: "input", rows: 2, autocomplete: "off", enterkeyhint: "send", "aria-describedby": "hint count"}));
    const error = make("p", {id: "error", class: "error", role: "alert"});
    const count = make("p", {id: "count", class: "count"});
    const warning = make("div", {class: "warning", hidden: true});
    const skip = make("a", {href: "#input", class: "skip", onclick: (event) => { event.preventDefault(); input.focus(); }}, WORDS.skip);
    const form = make("form", {novalidate: true, onsubmit: (event) => { event.preventDefault(); this.#submit(); }},
      make("label", {for: "input"}, WORDS.label), input, error, count, warning,
      make("p", {id: "hint", class: "hint"}, WORDS.hint),
      make("button", {type: "submit", class: "primary"}, WORDS.send));
    const topicsButton = press("small", WORDS.topics, () => this.#toggleTopics());
    topicsButton.setAttribute("aria-expanded", "false");
    const topics = make("ul", {class: "topics", hidden: true, "aria-label": WORDS.topics});
    const end = press("small", WORDS.end, () => this.#confirmEnd());
    const confirm = make("div", {class: "confirm", role: "group", "aria-label": WORDS.confirm, hidden: true},
      make("p", {}, WORDS.confirm), press("choice", WORDS.erase, () => this.#erase()), press("choice", WORDS.keep, () => this.#keepTalking()));
    const copy = press("small", WORDS.copyAll, () => this.#copyAll());
    const tools = make("div", {class: "tools"}, topicsButton, copy, end);
    const aside = make("div", {class: "aside", hidden: true});
    const foot = make("p", {class: "foot"}, link(WORDS.help, `${this.origin}/aide`), " · ", link(WORDS.privacy, `${this.origin}/confidentialite`));
    const panel = /** @type {HTMLDialogElement} */ (make("dialog", {class: "panel", "aria-labelledby": "title"},
      make("header", {}, title, close), skip, log, aside, status, retry, form, tools, topics, confirm, foot));
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
    return {title, log, status, retry, input, error, count, warning, form, topicsButton, topics, end, confirm, copy, tools, aside, panel};
  }

  #show() {
    const {panel} = this.#parts;
    if (this.#narrow.matches) panel.showModal();
    else panel.show();
    panel.classList.toggle("full", this.#narrow.matches);
    this.#fit();
    this.#side(panel);
  }

  /** The screen was turned or zoomed while open: the same panel, the other way, the focus kept. */
  #remode() {
    if (!this.#parts?.panel.open) return;
    const held = /** @type {HTMLElement|null} */ (this.#root.activeElement);
    const {log} = this.#parts;
    const scrolled = log.scrollTop;
    this.#parts.panel.close();
    this.#show();
    held?.focus({preventScroll: true});
    log.scrollTop = scrolled;
  }

  /** On a phone, the panel is what the keyboard leaves. */
  #fit() {
    const panel = this.#parts?.panel;
    if (!panel?.open) return;
    const view = window.visualViewport;
    const full = this.#narrow.matches && view && view.scale <= 1.01;
    panel.style.height = full ? `${view.height}px` : "";
    panel.style.top = full ? `${view.offsetTop}px` : "";
  }

  /** The corner asked for, or the other one when a control of the host lies under it. */
  #side(element) {
    const wanted = this.getAttribute("position") === "bottom-left" ? "left" : "right";
    this.#body.classList.remove("docked");
    const covered = (side) => {
      this.#body.dataset.side = side;
      const place = element.getBoundingClientRect();
      return hostControls(this).some((control) => overlaps(place, control));
    };
    if (this.getAttribute("position") === "inline") {
      this.#body.dataset.side = "inline";
      return true;
    }
    if (!covered(wanted) || !covered(wanted === "left" ? "right" : "left")) return true;
    this.#body.dataset.side = wanted;
    return false;
  }

  #settleSoon() {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#settle());
  }

  /** Both corners lie on a control of the host: the launcher waits at its place in the page. */
  #settle() {
    if (this.#parts?.panel.open) return;
    if (!this.#side(this.#launcher)) this.#body.classList.add("docked");
  }

  #label() {
    const opened = Boolean(this.#parts?.panel.open);
    const text = this.#kept.token ? WORDS.resume : this.getAttribute("label") || WORDS.open;
    this.#launcher.textContent = text;
    this.#launcher.setAttribute("aria-expanded", String(opened));
    this.#launcher.hidden = opened && this.getAttribute("position") !== "inline";
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
    probe.style.color = CSS.supports("color", plain) ? plain : value;
    this.#body.append(probe);
    const computed = getComputedStyle(probe).color;
    probe.remove();
    return numbers(computed);
  }

  /* Talking */

  async #enter() {
    const idle = this.#kept.token && Date.now() - this.#seen > IDLE;
    if (this.#kept.token && (idle || this.#state === "folded")) this.#fold();
    else if (this.#kept.token) await this.#resume();
    else await this.#begin();
  }

  /** Open a session; the welcome is shown. */
  async #begin() {
    this.#view("talking");
    try {
      await this.#newSession();
      this.#flush();
    } catch (error) {
      this.#failed(error, WORDS.start);
    }
  }

  async #newSession() {
    const session = await ask(this.origin, "POST", "/session", {onSlow: (text) => this.#status(text)});
    this.#keep({token: session.token});
    this.#status("");
    this.#touch();
    this.#showCards(session.messages);
  }

  /** Show again what was said in this session. */
  async #resume() {
    this.#view("talking");
    const {log} = this.#parts;
    try {
      const {messages} = await ask(this.origin, "GET", "/history", {token: this.#kept.token, onSlow: (text) => this.#status(text)});
      this.#status("");
      log.setAttribute("aria-live", "off");
      log.replaceChildren();
      this.#said = [];
      messages.forEach((entry) => (entry.from === "user" ? this.#past(entry.text) : this.#append(entry.card)));
      if (!messages.length) this.#append({text: WORDS.hint});
      log.scrollTop = log.scrollHeight;
      setTimeout(() => log.setAttribute("aria-live", "polite"), 500);
      this.#touch();
      this.#flush();
    } catch (error) {
      if (error.status !== 401) return void this.#failed(error, WORDS.start);
      this.#keep({token: undefined});
      this.#note(WORDS.expired);
      await this.#begin();
    }
  }

  /** A message of the past: the button that was pressed, or a bubble. */
  #past(text) {
    const groups = [...this.#parts.log.querySelectorAll(".choices")];
    const pressed = groups.find((group) => [...group.children].some((button) => button.textContent === text));
    if (pressed) {
      pressed.replaceWith(this.#chosen(text));
      this.#said.push({who: WORDS.you, text});
    } else this.#bubble(text);
    groups.forEach((group) => group.remove());
  }

  #typed() {
    const {input, count, error, warning} = this.#parts;
    const left = MAX_CHARACTERS - [...input.value].length;
    count.textContent = left <= NEAR_LIMIT ? remaining(left) : "";
    if (left >= 0) this.#fault("");
    else if (!error.textContent) this.#fault(remaining(left));
    warning.hidden = true;
    this.#touch();
  }

  #fault(text) {
    const {input, error} = this.#parts;
    error.textContent = text;
    input.setAttribute("aria-describedby", text ? "error hint count" : "hint count");
    if (text) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  #submit() {
    const {input} = this.#parts;
    const text = input.value.trim();
    const left = MAX_CHARACTERS - [...text].length;
    if (!text || left < 0) return this.#fault(text ? remaining(left) : WORDS.empty);
    const secret = suspected(text);
    if (secret) return this.#warn(secret);
    this.#sendTyped(text);
  }

  #sendTyped(text) {
    const {input, warning} = this.#parts;
    input.value = "";
    warning.hidden = true;
    this.#typed();
    this.#parts.log.querySelectorAll(".choices").forEach((group) => group.remove());
    const {element, said} = this.#bubble(text);
    this.#send({text}, text, false, element, said);
  }

  #warn(secret) {
    const {warning, input} = this.#parts;
    const text = `On dirait ${secret.what}. Ne l’écrivez jamais ici\u00a0: personne ne vous le demandera.`;
    const back = () => { warning.hidden = true; input.focus(); };
    warning.replaceChildren(make("p", {role: "alert"}, text),
      press("choice", WORDS.masked, () => { this.#sendTyped(secret.masked); input.focus(); }),
      press("choice", WORDS.edit, back));
    warning.hidden = false;
  }

  #choose(button, group) {
    const element = this.#chosen(button.title);
    group.replaceWith(element);
    this.#parts.log.querySelectorAll(".choices").forEach((other) => other.remove());
    element.focus({preventScroll: true});
    const said = {who: WORDS.you, text: button.title};
    this.#said.push(said);
    this.#send({payload: button.payload}, button.title, true, element, said);
  }

  #send(body, shown, pressed, element, said) {
    this.#touch();
    this.#queue.push({body, shown, pressed, element, said, id: freshId()});
    this.#flush();
  }

  /** Send what waits, in order, one at a time; the first failure stops it and is told. */
  async #flush() {
    if (this.#busy || !this.#queue.length) return;
    this.#busy = true;
    this.#parts.retry.hidden = true;
    let renewed = false;
    try {
      while (this.#queue.length) {
        const next = this.#queue[0];
        try {
          if (!this.#kept.token) await this.#newSession();
          this.#answered(next, await this.#post(next));
        } catch (error) {
          if (error.status !== 401 || renewed) throw error;
          renewed = true;
          this.#renew(next);
        }
      }
      this.#status("");
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#busy = false;
    }
  }

  #post(message) {
    return ask(this.origin, "POST", "/message", {
      token: this.#kept.token,
      body: {...message.body, id: message.id},
      onSlow: (text) => this.#status(text),
    });
  }

  /** The session has ended: the message goes to a new one, a button as what it says. */
  #renew(message) {
    this.#keep({token: undefined});
    this.#note(WORDS.expired);
    message.body = {text: message.shown};
    message.element.closest(".mine, .chosen")?.classList.remove("waiting");
    this.#parts.log.append(message.element);
  }

  #answered(message, answer) {
    this.#queue.shift();
    message.element.querySelector(".unsent")?.remove();
    if (answer.text !== undefined && !message.pressed) {
      message.element.querySelector(".words").textContent = answer.text;
      message.said.text = answer.text;
    }
    const held = this.#root.activeElement;
    const first = this.#showCards(answer.messages);
    if (message.pressed && (!held || held === message.element)) first?.focus({preventScroll: true});
    this.#touch();
    if (answer.erased) this.#left(answer.messages);
  }

  /** Something did not go: say so in plain words; what was written stays, and can be sent again. */
  #failed(error, lead = "") {
    const {retry, input} = this.#parts;
    const next = this.#queue[0];
    if (next && [400, 413].includes(error.status)) {
      this.#queue.shift();
      next.element.remove();
      this.#said = this.#said.filter((said) => said !== next.said);
      if (!input.value) input.value = next.shown;
      this.#status("");
      return this.#fault(error.message);
    }
    if (next && !next.element.querySelector(".unsent")) next.element.append(make("span", {class: "unsent"}, WORDS.notSent));
    if (error.status === 429) {
      const seconds = Math.max(1, error.wait);
      this.#status(waiting(seconds));
      setTimeout(() => this.#retry(), seconds * 1000);
      return undefined;
    }
    const why = !navigator.onLine ? (next ? WORDS.offline : WORDS.offlineIdle) : error.status === 503 && next ? WORDS.busy : error.message;
    this.#status(next || !lead ? why : `${lead} ${WORDS.network === why ? "" : why}`.trim());
    retry.hidden = false;
    return undefined;
  }

  #retry() {
    this.#parts.retry.hidden = true;
    this.#status("");
    if (this.#queue.length) this.#flush();
    else this.#enter();
  }

  #online() {
    if (!this.#parts) return;
    if (this.#queue.length || !this.#parts.retry.hidden) this.#retry();
    else this.#status(WORDS.online);
  }

  /* Showing */

  /** Append Cards; @returns {HTMLElement|undefined} the heading of the first. */
  #showCards(cards) {
    const elements = cards.map((card) => this.#append(card));
    const {log} = this.#parts;
    const first = elements[0];
    if (first) {
      const scroller = log.scrollHeight > log.clientHeight + 1 ? log : this.#parts.panel;
      const offset = first.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
      const mine = first.previousElementSibling;
      const above = scroller === log && mine && mine.classList.contains("mine") ? Math.min(mine.offsetHeight + 8, 80) : 8;
      scroller.scrollTop += offset - above;
    }
    return first?.querySelector("h3");
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
    const element = make("div", {class: "mine"}, make("p", {class: "who"}, WORDS.you), make("p", {class: "words"}, text));
    const said = {who: WORDS.you, text};
    this.#said.push(said);
    this.#parts.log.append(element);
    this.#parts.log.scrollTop = this.#parts.log.scrollHeight;
    return {element, said};
  }

  #chosen(title) {
    return make("p", {class: "chosen", tabindex: -1}, WORDS.chosen, make("strong", {}, title));
  }

  #note(text) {
    this.#parts.log.append(make("p", {class: "note"}, text));
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

  async #toggleTopics() {
    const {topics, topicsButton, tools} = this.#parts;
    topics.hidden = !topics.hidden;
    topicsButton.setAttribute("aria-expanded", String(!topics.hidden));
    if (topics.hidden || topics.childElementCount) return;
    try {
      for (const topic of await this.#listed()) {
        topics.append(make("li", {}, press("choice", topic.title, () => this.#startTopic(topic))));
      }
      topics.scrollIntoView({block: "nearest"});
    } catch (error) {
      topics.hidden = true;
      topicsButton.setAttribute("aria-expanded", "false");
      this.#status(error.status ? error.message : WORDS.network);
      tools.scrollIntoView({block: "nearest"});
    }
  }

  async #listed() {
    return (await ask(this.origin, "GET", "/topics")).topics;
  }

  #startTopic(topic) {
    const {topics, topicsButton, log} = this.#parts;
    topics.hidden = true;
    topicsButton.setAttribute("aria-expanded", "false");
    const element = this.#chosen(topic.title);
    log.querySelectorAll(".choices").forEach((group) => group.remove());
    log.append(element);
    element.focus({preventScroll: true});
    const said = {who: WORDS.you, text: topic.title};
    this.#said.push(said);
    this.#send({payload: topic.payload}, topic.title, true, element, said);
  }

  /** The topic that the page's address asks for. */
  #asked() {
    return new URLSearchParams(location.search).get("sujet");
  }

  async #openTopic() {
    const asked = this.#asked();
    if (!asked || asked === this.#kept.topic || this.#state !== "talking") return;
    try {
      const topic = (await this.#listed()).find(({id}) => id === asked);
      this.#keep({topic: asked});
      if (topic) this.#startTopic(topic);
    } catch {
      // The welcome is there: the person can ask.
    }
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
    const held = this.#parts.panel.contains(this.#root.activeElement);
    const resume = press("choice", WORDS.unfold, () => this.#unfold());
    this.#view("folded", make("p", {}, `${WORDS.folded} ${WORDS.foldedMore}`), resume, press("choice", WORDS.erase, () => this.#erase()));
    if (held && this.#parts.panel.open) resume.focus();
  }

  async #unfold() {
    this.#seen = Date.now();
    this.#parts.input.focus();
    await this.#resume();
    if (this.#root.activeElement === null) this.#parts.title.focus();
  }

  #confirmEnd() {
    const {confirm} = this.#parts;
    confirm.hidden = false;
    confirm.querySelector("button").focus();
    confirm.scrollIntoView({block: "nearest"});
  }

  #keepTalking() {
    this.#parts.confirm.hidden = true;
    this.#parts.end.focus();
  }

  async #erase() {
    this.#parts.confirm.hidden = true;
    try {
      if (this.#kept.token) await ask(this.origin, "DELETE", "/session", {token: this.#kept.token});
    } catch (error) {
      if (error.status !== 401) {
        this.#status(WORDS.eraseFailed);
        this.#parts.end.focus();
        return;
      }
    }
    this.#left();
  }

  /** Nothing is left: neither here nor there. */
  #left(cards = []) {
    this.#queue = [];
    this.#kept = {topic: this.#kept.topic};
    forget();
    this.#parts.input.value = "";
    const again = press("choice", WORDS.again, () => { this.#parts.input.focus(); this.#begin(); this.#parts.input.focus(); });
    const words = cards.length ? cards.map((card) => card.text).join(" ") : WORDS.erased;
    this.#view("ended", make("p", {}, words), again);
    this.#label();
    again.focus();
  }

  /** What the panel shows: the conversation, or a sentence and what can be done. */
  #view(state, ...aside) {
    const {aside: box, log, form, tools, retry, topics, confirm, warning} = this.#parts;
    const talking = state === "talking";
    this.#state = state;
    if (!talking || box.childElementCount) {
      log.replaceChildren();
      this.#said = [];
    }
    box.replaceChildren(...aside);
    box.hidden = talking;
    [log, form, tools].forEach((element) => (element.hidden = !talking));
    [retry, topics, confirm, warning].forEach((element) => (element.hidden = true));
    this.#fault("");
    this.#status("");
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
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.root { font: 1rem/1.5 var(--aiguilleur-font, system-ui, sans-serif); color: var(--ink); text-align: start; }
button, textarea { font: inherit; color: inherit; }
button { min-height: 44px; min-width: 44px; padding: .4rem .9rem; border-radius: .5rem; cursor: pointer;
  border: 2px solid var(--link); background: var(--paper); color: var(--link); overflow-wrap: anywhere; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
h2:focus, h3:focus, .chosen:focus { outline: 2px dashed var(--line); outline-offset: 2px; }
.primary, .launcher { background: var(--fill); color: var(--on-fill); border-color: var(--fill); font-weight: 600; }
.launcher { position: fixed; z-index: 2147483000; bottom: var(--aiguilleur-bottom, 1rem); min-height: 48px;
  border-radius: 2rem; padding: .5rem 1.25rem; max-width: calc(100vw - 2rem); box-shadow: 0 0 0 2px var(--paper); }
[data-side="right"] .launcher, [data-side="right"] .panel { right: 1rem; left: auto; }
[data-side="left"] .launcher, [data-side="left"] .panel { left: 1rem; right: auto; }
[data-side="inline"] .launcher, .docked .launcher { position: static; margin: .5rem; box-shadow: none; }
.panel { position: fixed; z-index: 2147483000; bottom: 1rem; top: auto; margin: 0; padding: .75rem;
  width: min(27rem, calc(100vw - 2rem)); height: min(46rem, calc(100vh - 2rem)); max-width: none; max-height: none;
  border: 2px solid var(--line); border-radius: var(--aiguilleur-radius, .75rem); background: var(--paper); color: var(--ink);
  flex-direction: column; gap: .5rem; overflow: auto; overscroll-behavior: contain; }
.panel[open] { display: flex; }
[data-side="inline"] .panel:not(.full) { position: static; width: 100%; }
.panel.full { inset: 0 !important; bottom: auto !important; width: 100vw; height: 100vh; height: 100dvh; border: 0; border-radius: 0; }
.panel.full::backdrop { background: var(--paper); }
header { display: flex; align-items: center; justify-content: space-between; gap: .5rem; }
h2 { font-size: 1.1rem; line-height: 1.3; margin: 0; }
p, h3 { margin: 0; }
.skip { position: absolute; inset-inline-start: -200vw; }
.skip:focus { position: static; align-self: flex-start; padding: .6rem; min-height: 44px; }
.log { flex: 1 1 8rem; min-height: 8rem; overflow-y: auto; display: flex; flex-direction: column; gap: .75rem; padding: .25rem; }
.card, .mine { max-width: 94%; border-radius: .75rem; padding: .6rem .8rem; overflow-wrap: anywhere; border: 1px solid transparent; }
.card { background: var(--soft); align-self: flex-start; display: flex; flex-direction: column; gap: .5rem; }
.card.warning { border-inline-start: 4px solid var(--alert); }
.card.success { border-inline-start: 4px solid var(--good); }
.card h3, .who { font-size: .875rem; font-weight: 600; }
.card h3 .title { display: block; font-size: 1rem; }
.apart { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
.mine { background: var(--fill); color: var(--on-fill); align-self: flex-end; }
.words { white-space: pre-wrap; }
.unsent { display: block; font-size: .875rem; font-style: italic; }
.chosen, .note { font-size: .9375rem; padding: .25rem 0; scroll-margin: 1rem; }
.note { border-top: 1px solid var(--line); }
.log > .chosen { align-self: flex-end; }
ol { margin: 0; padding-inline-start: 1.5rem; }
li { margin: .25rem 0; }
dl { margin: 0; display: grid; grid-template-columns: minmax(0, 1fr); gap: .1rem; }
dt { font-weight: 600; font-size: .9375rem; }
dd { margin: 0 0 .4rem; display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; }
code { font-family: ui-monospace, monospace; font-size: .9375rem; white-space: pre-wrap; overflow-wrap: anywhere; min-width: 0; }
.quiet, .source, .hint, .foot, .count { font-size: .875rem; }
.choices, .tools, .confirm, .warning, .aside { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.confirm p, .warning p, .aside p { flex-basis: 100%; }
.small { padding: .3rem .7rem; border: 1px solid var(--line); font-size: .9375rem; color: var(--ink); }
.status:empty, .error:empty, .count:empty { display: none; }
.error { font-weight: 600; }
.error::before { content: "⚠ " / ""; }
.warning { border: 2px solid var(--alert); border-radius: .5rem; padding: .5rem; }
form { display: flex; flex-direction: column; gap: .35rem; }
label { font-weight: 600; }
textarea { width: 100%; min-height: 3.5rem; padding: .5rem; border: 2px solid var(--line); border-radius: .5rem;
  background: var(--paper); color: var(--ink); resize: vertical; font-size: max(1rem, 16px); }
textarea[aria-invalid] { border-color: var(--alert); border-style: dashed; }
.topics { list-style: none; margin: 0; padding: 0; max-height: 16rem; overflow-y: auto; flex: none; }
.topics button { width: 100%; text-align: start; }
.topics li { margin: .35rem .25rem; }
.foot a { display: inline-block; padding: .7rem .2rem; }
@media (max-height: 36rem), (max-width: 22rem) {
  .panel.full { display: block; }
  .panel.full > * + * { margin-top: .5rem; }
  .panel.full .log { overflow: visible; min-height: 0; }
}
@media (forced-colors: active) {
  .card, .mine { border-color: CanvasText; }
  .card.warning, .card.success { border-inline-start-width: 4px; }
  :focus-visible { outline-color: Highlight; }
  button { border-color: ButtonBorder; }
}
@media (prefers-reduced-motion: no-preference) { .panel { scroll-behavior: auto; } }
@media print { .launcher, form, .tools { display: none; } .panel { position: static; height: auto; overflow: visible; } }
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
