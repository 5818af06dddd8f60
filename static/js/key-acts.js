// What keys do that is more than one button: walking the list, copying, going on to the next ticket.

import { copyText } from "./copy.js";
import { firstOf, press } from "./key-press.js";
import { ask } from "./requests.js";
import { toast } from "./toasts.js";
import { word } from "./words.js";

// An answer that takes longer leads nowhere: somebody may be doing something else by then.
const ACTED = 5000;

const rows = () => [...document.querySelectorAll("#rows .row")].filter((row) => row.offsetParent !== null);
const ticket = () => document.getElementById("workplace")?.dataset.ticket;

export const acts = {
  palette: () => document.dispatchEvent(new CustomEvent("desk:palette")),
  keys: () => document.getElementById("keys-dialog").showModal(),
  search() {
    const box = document.getElementById("search-box");
    if (box) { box.focus(); box.select(); } else location.assign(document.getElementById("palette").dataset.search);
  },
  next: () => walk(1),
  previous: () => walk(-1),
  // A row is a link: Enter opens it without us.
  open: () => false,
  openNext: () => walk(1, true),
  openPrevious: () => walk(-1, true),
  select: () => pick(here()),
  selectDown: () => extend(1),
  selectUp: () => extend(-1),
  back,
  leave() {
    if (document.activeElement?.id !== "composer-text") return false;
    document.getElementById("log").focus();
    return true;
  },
  doneNext,
  mode() {
    const other = document.querySelector('#composer [data-choose][aria-pressed="false"]');
    other?.click();
    return Boolean(other);
  },
  quote() {
    const last = [...document.querySelectorAll("#log-items .message-in[data-message] [data-reply]")].at(-1);
    last?.click();
    return Boolean(last);
  },
  copyNumber: () => copy(ticket()),
  copyLink: () => copy(ticket() && `${location.origin}/t/${ticket()}`),
  light: () => paint("light"),
  dark: () => paint("dark"),
  auto: () => paint("auto"),
};

/** The row one is at: the one with the focus, else the one whose ticket is open. */
function here() {
  const focused = document.activeElement?.closest?.("#rows li")?.querySelector(".row");
  return focused ?? document.querySelector('#rows .row[aria-current="true"]');
}

function walk(step, open = false) {
  const all = rows();
  const place = all.indexOf(here());
  const next = place < 0 ? all.at(step > 0 ? 0 : -1) : all[place + step];
  if (!next) return all.length > 0;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  if (open) next.click();
  return true;
}

function pick(row) {
  const box = row?.closest("li")?.querySelector('input[type="checkbox"], [data-key="select"]');
  if (!box) return false;
  box.click();
  row.focus();
  return true;
}

/** From the row one is at to the one beside it: both are chosen then. */
function extend(step) {
  const row = here();
  if (!row || !isPicked(row)) { if (!pick(row)) return false; }
  walk(step);
  const next = here();
  return next === row || isPicked(next) || pick(next);
}

function isPicked(row) {
  return Boolean(row.closest("li").querySelector('input[type="checkbox"]:checked, [data-key="select"][aria-pressed="true"]'));
}

/** Out of what was opened last: the choice of rows, the card, the conversation. */
function back() {
  if (document.querySelector(".workplace.card-open, details.menu[open]")) return false;
  if (press('[data-key="clear-selection"]')) return true;
  const row = here() ?? rows()[0];
  if (row && document.activeElement !== row) { row.focus(); return true; }
  return Boolean(ticket()) && matchMedia("(max-width: 767px)").matches && press(".chat-back");
}

/** The next row is known before this one leaves the list. */
function doneNext() {
  const all = rows();
  const place = all.findIndex((row) => row.getAttribute("aria-current") === "true");
  const next = all[place + 1] ?? all[place - 1];
  const button = firstOf("#finish");
  if (!button) return false;
  const acted = () => { clearTimeout(late); if (next?.isConnected) next.click(); };
  const late = setTimeout(() => document.removeEventListener("desk:acted", acted), ACTED);
  document.addEventListener("desk:acted", acted, { once: true });
  button.click();
  return true;
}

function copy(text) {
  if (!text) return false;
  toast(copyText(text) ? `${word("copied")}: ${text}` : word("not_copied"));
  return true;
}

function paint(theme) {
  document.documentElement.dataset.theme = theme;
  const body = new URLSearchParams({ theme });
  ask(document.getElementById("palette").dataset.themeAddress, { method: "POST", body })
    .catch((error) => toast(error.words ?? word("offline"), { danger: true }));
  return true;
}
