// Groups that wait for a yes stand above the list; the strip is fetched again when one of them has news.

const SETTLE = 200;
let soon = 0;

export function keepGroups() {
  document.addEventListener("live:events", ({ detail }) => {
    if (detail.events.some((event) => event.kind === "contact_changed" && !event.ticket)) refreshSoon();
  });
  document.addEventListener("live:reset", refreshSoon);
}

function refreshSoon() {
  clearTimeout(soon);
  soon = setTimeout(() => document.getElementById("groups-strip")?.dispatchEvent(new CustomEvent("refresh")), SETTLE);
}
