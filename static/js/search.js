// The search page finds while one types; Enter asks for the whole page, and a ticket's number opens the ticket.

import { look } from "./requests.js";

const PAUSE = 200;
const form = document.getElementById("search-form");
const box = document.getElementById("search-box");
const results = document.getElementById("search-results");
let waiting = null;
let newest = 0;

box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(find, PAUSE); });
for (const choice of form.querySelectorAll("select")) choice.addEventListener("change", find);
form.addEventListener("submit", (event) => { if (!box.value.trim()) event.preventDefault(); });
// Typed while this was still on its way.
if (box.value !== box.defaultValue) find();

async function find() {
  clearTimeout(waiting);
  const mine = ++newest;
  const address = addressOf();
  results.setAttribute("aria-busy", "true");
  const html = await look(address);
  // Somebody has typed on: what was asked for later is shown.
  if (mine !== newest) return;
  results.removeAttribute("aria-busy");
  if (html === null) return;
  history.replaceState(history.state, "", address);
  await htmx.swap({ text: html, target: results, swap: "innerMorph", sourceElement: form, title: "" });
}

function addressOf() {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value && name !== "go") asked.set(name, value);
  return `${form.action}${asked.size ? `?${asked}` : ""}`;
}
