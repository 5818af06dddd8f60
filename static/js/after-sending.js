// Where one goes once a reply is on its way: stay, the next who waits, back to the list. It can still be taken back.

import { keepUnsaved } from "./drafts.js";
import { ask } from "./requests.js";
import { toast } from "./toasts.js";
import { word } from "./words.js";

const KEPT = "sent";

/** The list is a page of its own: what was sent just before is told there. */
export function tellOfSent() {
  const sent = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.removeItem(KEPT);
  if (sent) tell(sent);
}

/** `bubble` is the reply as it stands here; `next`: what was pressed asks for the next one, whatever is usual. */
export function goOn(composer, letter, bubble, next) {
  const usual = letter.mode === "reply" ? composer.form.dataset.afterSending : "stay";
  const way = next ? "next" : usual;
  // Who has gone elsewhere meanwhile, or writes on, stays there.
  if (way === "stay" || !composer.form.isConnected || composer.text.value.trim()) return;
  const { ticket } = composer;
  const cancel = bubble?.querySelector('[data-decision="cancel"]')?.getAttribute("hx-post");
  const sent = { ticket, cancel, name: composer.form.dataset.name, mode: letter.mode, text: letter.text };
  const row = way === "next" ? nextRow(ticket) : null;
  if (row) {
    row.click();
    tell(sent);
  } else {
    sessionStorage.setItem(KEPT, JSON.stringify(sent));
    location.assign(document.querySelector(".chat-back")?.href ?? "/inbox");
  }
}

/** The row below this one, or the first of the others. */
function nextRow(ticket) {
  const rows = [...document.querySelectorAll("#rows li[data-ticket]:not([data-outside])")];
  const place = rows.findIndex((row) => Number(row.dataset.ticket) === ticket);
  const others = rows.filter((row) => Number(row.dataset.ticket) !== ticket);
  return (rows[place + 1] ?? others[0])?.querySelector("a.row") ?? null;
}

function tell(sent) {
  toast(word("sent_to", { name: sent.name }), sent.cancel ? { undo: () => takeBack(sent), undoLabel: word("undo") } : {});
}

/** It has not left: its words stand in their ticket again, ready to be mended. */
async function takeBack({ cancel, ticket, mode, text }) {
  try {
    await ask(cancel, { method: "POST" });
  } catch (error) {
    toast(error.words ?? word("offline"), { danger: true });
    return;
  }
  keepUnsaved(ticket, mode, text);
  location.assign(`/t/${ticket}`);
}
