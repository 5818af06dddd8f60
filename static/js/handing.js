// Handing a ticket over: its dialog is fetched when it is opened, and closed when it is done.

import { look } from "./requests.js";

export function keepHanding() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-hands-over]");
    if (opener) open(opener);
  });
  document.addEventListener("desk:acted", close);
  // Who gives a ticket away may not see it any more.
  document.addEventListener("desk:gone", ({ detail }) => {
    document.getElementById(`row-${detail.ticket}`)?.remove();
    history.replaceState(history.state, "", `/inbox${location.search}`);
  });
}

async function open(opener) {
  opener.closest("details.menu")?.querySelector("summary").focus();
  const dialog = document.getElementById("handover-dialog");
  const html = await look(opener.dataset.handsOver);
  if (!html) return;
  await htmx.swap({ text: html, target: dialog, swap: "innerHTML", sourceElement: dialog });
  dialog.showModal();
}

function close() {
  document.getElementById("handover-dialog")?.close();
}
