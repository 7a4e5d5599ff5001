// The chat of the plain page: talks to /webhooks/web, keeps its token for this tab only.
// No dependency, no innerHTML: every text goes in as text.
"use strict";

const KEY = "aiguilleur-token";
const BASE = "/webhooks/web";
const $ = (id) => document.getElementById(id);
const log = $("log"), form = $("form"), input = $("text"), status = $("status");
let busy = false;

/** An element with a class and a text. */
function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

/** A random id that makes a retry safe: the same id is answered again, not processed twice. */
function messageId() {
  return crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random().toString(36).slice(2)}`;
}

async function call(method, path, body) {
  const headers = {"Content-Type": "application/json"};
  const token = sessionStorage.getItem(KEY);
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch(BASE + path, {method, headers, body: body && JSON.stringify(body)});
  if (response.status === 204) return {};
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.detail || answer.title), {status: response.status});
  return answer;
}

async function open() {
  const session = await call("POST", "/session");
  sessionStorage.setItem(KEY, session.token);
  session.messages.forEach(showCard);
}

async function start() {
  $("chat").hidden = false;
  try {
    if (sessionStorage.getItem(KEY)) {
      const {messages} = await call("GET", "/history");
      messages.forEach((m) => (m.from === "user" ? showMine(m.text) : showCard(m.card)));
      if (messages.length) return;
    }
  } catch (error) {
    sessionStorage.removeItem(KEY);
  }
  try {
    await open();
  } catch (error) {
    status.textContent = "L’assistant ne répond pas. Rechargez la page dans un instant.";
  }
}

function showMine(text) {
  const bubble = make("div", "mine");
  bubble.append(make("p", "who", "Vous"), document.createTextNode(text));
  log.append(bubble);
  log.scrollTop = log.scrollHeight;
}

function showCard(card) {
  const box = make("div", `card ${card.level || ""}`);
  box.append(make("p", "who", "Aiguilleur"));
  if (card.title) box.append(make("h2", "", card.title));
  box.append(make("p", "", card.text));
  if (card.steps) {
    const list = make("ol");
    card.steps.forEach((step) => list.append(make("li", "", step)));
    box.append(list);
  }
  if (card.facts) box.append(facts(card.facts));
  (card.links || []).forEach((link) => {
    const anchor = make("a", "", link.title);
    anchor.href = link.url;
    anchor.target = "_blank";
    anchor.rel = "noopener";
    const line = make("p");
    line.append(anchor);
    box.append(line);
  });
  if (card.buttons) box.append(buttons(card.buttons));
  log.append(box);
  box.scrollIntoView({block: "nearest"});
}

function facts(items) {
  const list = make("dl");
  items.forEach((fact) => {
    const value = make("dd");
    value.append(make("code", "", fact.value));
    if (fact.copy) {
      const copy = make("button", "quiet", `Copier : ${fact.label}`);
      copy.type = "button";
      copy.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(fact.value);
          status.textContent = `${fact.label} : copié.`;
        } catch (error) {
          status.textContent = "La copie a échoué, sélectionnez le texte.";
        }
      });
      value.append(document.createTextNode(" "), copy);
    }
    list.append(make("dt", "", fact.label), value);
  });
  return list;
}

function buttons(items) {
  const group = make("div", "buttons");
  items.forEach((item) => {
    const button = make("button", "", item.title);
    button.type = "button";
    button.addEventListener("click", () => {
      if (busy) return;
      group.replaceWith(make("p", "", `Vous avez choisi : ${item.title}`));
      send({payload: item.payload}, item.title);
    });
    group.append(button);
  });
  return group;
}

async function send(body, shown) {
  busy = true;
  showMine(shown);
  status.textContent = "";
  const message = {...body, id: messageId()};
  try {
    let answer;
    try {
      answer = await call("POST", "/message", message);
    } catch (error) {
      if (error.status === 401) {
        sessionStorage.removeItem(KEY);
        await open();
        answer = await call("POST", "/message", body.text ? message : {text: shown, id: message.id});
      } else throw error;
    }
    answer.messages.forEach(showCard);
  } catch (error) {
    status.textContent = error.status ? error.message : "Le réseau ne répond pas. Votre message n’est pas perdu.";
    const retry = make("button", "", "Réessayer");
    retry.type = "button";
    retry.addEventListener("click", async () => {
      retry.remove();
      busy = true;
      try {
        (await call("POST", "/message", message)).messages.forEach(showCard);
        status.textContent = "";
      } catch (again) {
        status.textContent = again.message;
        status.after(retry);
      }
      busy = false;
    });
    status.after(retry);
  }
  busy = false;
  input.focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value.trim();
  if (!text || busy) return;
  input.value = "";
  send({text}, text);
});

input.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

$("erase").addEventListener("click", async () => {
  try {
    await call("DELETE", "/session");
  } catch (error) {
    if (error.status !== 401) {
      status.textContent = "L’effacement a échoué, réessayez.";
      return;
    }
  }
  sessionStorage.removeItem(KEY);
  log.replaceChildren();
  status.textContent = "La conversation est effacée.";
  await open();
});

start();
