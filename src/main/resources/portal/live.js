// Shows what happens without being asked: the bridge sends the part of a page that changes, over one stream for the
// window that is seen. A window that is hidden has none, so that a browser with many of them keeps its connections.

import { ended as sessionEnded } from "./session.js";

const SILENCE = 25_000; // the bridge says something every ten seconds
const AGAIN = 30_000;
const SHOWN = 900;

let source;
let listened;
let silence;
let again;
let held;

const region = () => document.querySelector("[data-live]");
const cutOff = document.getElementById("cut-off");

/** A part as the browser writes it, without what differs between two browsers. */
function plain(html) {
  const part = document.createElement("template");
  part.innerHTML = html;
  return part.innerHTML.replace(/(name="form(?:Token|Number)" value=")[^"]*/g, "$1").replace(/\s+/g, " ").trim();
}

let last = region() ? plain(region().innerHTML) : "";

function address() {
  const query = new URLSearchParams(location.search);
  query.delete("said");
  return location.pathname + (query.size ? "?" + query : "");
}

/** Whether somebody is at work in the part, who would lose something if it changed now. */
function busy(at) {
  const selection = getSelection();
  return at.querySelector("input:checked, .htmx-request, [data-sent]") !== null
    || at.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")
    || selection && !selection.isCollapsed && at.contains(selection.anchorNode)
    || document.querySelector("dialog[open]") !== null;
}

function numbers(at) {
  return new Map([...at.querySelectorAll("[data-flow]")].map((one) => [one.id, one.dataset.flow]));
}

function show(html) {
  const at = region();
  const before = numbers(at);
  const open = [...at.querySelectorAll("details[open][id]")].map((one) => one.id);
  const kept = [...at.querySelectorAll("[data-keep]:not(:empty)")];
  const focus = document.activeElement;
  const focused = at.contains(focus) ? focus.id || focus.getAttribute("href") : null;
  const spoken = at.getAttribute("aria-live");
  at.setAttribute("aria-live", "off");
  at.innerHTML = html;
  const token = document.querySelector(".side input[name=formToken]");
  at.querySelectorAll("input[name=formToken]").forEach((one) => { one.value = token.value; });
  open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
  kept.forEach((one) => document.getElementById(one.id)?.replaceWith(one));
  if (focused) {
    (document.getElementById(focused) || at.querySelector(`[href="${CSS.escape(focused)}"]`))?.focus({ preventScroll: true });
  }
  for (const [id, was] of before) {
    const now = document.getElementById(id);
    if (now && now.dataset.flow !== was) {
      now.classList.add("moves");
      setTimeout(() => now.classList.remove("moves"), SHOWN);
    }
  }
  window.htmx?.process(at);
  document.dispatchEvent(new CustomEvent("bridge:shown", { detail: at }));
  requestAnimationFrame(() => spoken ? at.setAttribute("aria-live", spoken) : at.removeAttribute("aria-live"));
}

function take(html) {
  const button = document.getElementById("fresh");
  if (plain(html) === last) {
    return;
  }
  last = plain(html);
  if (button && (busy(region()) || scrollY > 200)) {
    held = html;
    button.hidden = false;
  } else if (busy(region())) {
    held = html; // shown as soon as nobody is at work there
  } else {
    show(html);
  }
}

function showHeld() {
  const html = held;
  held = undefined;
  document.getElementById("fresh")?.setAttribute("hidden", "");
  if (html !== undefined) {
    show(html);
  }
}

function heard() {
  cutOff.hidden = true;
  clearTimeout(silence);
  silence = setTimeout(() => { cut(); connect(); }, SILENCE);
}

function cut() {
  cutOff.hidden = false;
  source?.close();
}

/** Nobody may see this any more: the page that the bridge shows in its place says why. */
function ended() {
  disconnect();
  sessionEnded();
}

/** The bridge has refused: the whole page says why, or there is no room at the moment. */
async function refused() {
  cut();
  clearTimeout(silence);
  try {
    const page = await fetch(location.href, { method: "HEAD", headers: { "X-By-Itself": "yes" } });
    if (page.status === 401 || page.status === 404) {
      ended();
      return;
    }
  } catch {
    // not there at the moment
  }
  clearTimeout(again);
  again = setTimeout(connect, AGAIN * (0.5 + Math.random()));
}

function disconnect() {
  source?.close();
  source = undefined;
  listened = undefined;
  clearTimeout(silence);
  clearTimeout(again);
}

function connect() {
  disconnect();
  if (!region() || document.visibilityState === "hidden") {
    return;
  }
  listened = address();
  source = new EventSource(listened);
  source.addEventListener("open", heard);
  source.addEventListener("beat", heard);
  source.addEventListener("part", (event) => { heard(); take(event.data); });
  source.addEventListener("over", ended);
  source.addEventListener("full", () => {
    disconnect();
    cutOff.hidden = false;
    again = setTimeout(connect, AGAIN);
  });
  source.addEventListener("error", () => {
    clearTimeout(silence);
    if (source.readyState === EventSource.CLOSED) {
      refused();
    } else {
      cutOff.hidden = false; // the browser comes back by itself
    }
  });
}

document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" ? disconnect() : connect());
document.addEventListener("focusout", () => setTimeout(() => {
  if (held !== undefined && !document.getElementById("fresh") && !busy(region())) {
    showHeld();
  }
}));
document.addEventListener("click", (event) => {
  if (event.target.closest("#fresh")) {
    showHeld();
    scrollTo({ top: 0 });
  }
});
// A search has put another list in its place, at another address.
document.addEventListener("htmx:afterSettle", () => {
  if (!region()) {
    disconnect();
  } else if (listened !== address()) {
    last = plain(region().innerHTML);
    held = undefined;
    connect();
  } else if (held !== undefined && !document.getElementById("fresh") && !busy(region())) {
    showHeld();
  }
});
addEventListener("pagehide", disconnect);
addEventListener("pageshow", (event) => { if (event.persisted) { connect(); } });
connect();
