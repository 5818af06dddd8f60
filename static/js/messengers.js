// The profile's messengers: linked by a phone, the page shows it as soon as it is so.

import { look } from "./requests.js";

export function keepMessengers() {
  if (!document.getElementById("messengers")) return;
  document.addEventListener("live:events", ({ detail }) => {
    const me = Number(document.body.dataset.agent);
    if (detail.events.some((event) => event.kind === "agent_changed" && event.agent === me)) refresh();
  });
  document.addEventListener("live:reset", refresh);
}

/** A link that is shown and not used yet stays: only a page on which something was linked or unlinked is drawn anew. */
async function refresh() {
  const section = document.getElementById("messengers");
  const html = await look(section.dataset.refreshes);
  if (!html) return;
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("messengers");
  if (state(fresh) !== state(section)) section.replaceWith(document.adoptNode(fresh));
}

const state = (section) => [...section.querySelectorAll("form")].map((form) => form.getAttribute("action")).join(" ");
