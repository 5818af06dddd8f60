// The pages of customers: their card stays fresh; while a ticket is made by hand, who it may be is looked up.

import { keepContact, keepToasts } from "./contact.js";
import { keepDialogs } from "./dialogs.js";
import { look } from "./requests.js";

const PAUSE = 250;
const SHOWS = new Set(["contact_changed", "ticket_changed", "ticket_created"]);
let waiting = null;

keepDialogs();
keepContact();
keepToasts(refresh);
document.addEventListener("contact:changed", refresh);
document.addEventListener("live:events", ({ detail }) => { if (detail.events.some((event) => SHOWS.has(event.kind))) refreshSoon(); });
document.addEventListener("live:reset", refresh);
for (const field of document.querySelectorAll("[data-people] input")) field.addEventListener("input", lookUpSoon);

function refresh() {
  document.getElementById("person")?.dispatchEvent(new CustomEvent("refresh"));
}

function refreshSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(refresh, PAUSE);
}

function lookUpSoon(event) {
  clearTimeout(waiting);
  waiting = setTimeout(() => lookUp(event.target.form), PAUSE);
}

async function lookUp(form) {
  const { name, phone } = form.elements;
  const found = await look(`${form.querySelector("[data-people]").dataset.people}?${new URLSearchParams({ name: name.value, phone: phone.value })}`);
  if (found !== null) document.getElementById("people-like").innerHTML = found;
}
