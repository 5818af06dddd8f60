// Messages and tickets put where they belong: one dialog, whose forms come from the server; and what is told afterwards.

import { keepArrangedNews } from "./arranged-news.js";
import { keepCorrection } from "./correction.js";
import { keepMergeSentence } from "./merge-sentence.js";
import { putWords } from "./prefill.js";
import { ask, look } from "./requests.js";
import { keepSelection } from "./selection.js";
import { toast } from "./toasts.js";
import { word } from "./words.js";

export function keepArranging(chat) {
  const dialog = document.getElementById("arrange-dialog");
  document.addEventListener("desk:message", ({ detail }) => ofMessage(dialog, detail));
  document.addEventListener("desk:question", ({ detail }) => openForm(dialog, detail.address));
  document.addEventListener("click", (event) => click(dialog, event));
  document.getElementById("bubble-menu").addEventListener("beforetoggle", fitMenu);
  dialog.addEventListener("submit", (event) => { event.preventDefault(); submit(dialog, event.target); });
  keepMergeSentence(dialog);
  keepSelection({ split: (ticket, messages) => split(ticket, messages), move: (ticket, messages) => chooseTicket(dialog, ticket, messages) });
  keepCorrection({ split: (ticket, messages) => split(ticket, messages), move: (ticket, messages, into) => moveTo(ticket, messages, into) });
  keepArrangedNews(chat);
}

/** What is chosen in a message's own menu. */
function ofMessage(dialog, { message, what }) {
  const ticket = document.getElementById(`m${message}`)?.dataset.ticket;
  const here = document.getElementById("workplace").dataset.ticket;
  if (what === "subtask") openForm(dialog, `/t/${here}/subtasks/new?message=${message}`);
  else if (what === "move") chooseTicket(dialog, ticket, [message]);
}

function click(dialog, event) {
  const opener = event.target.closest("[data-arrange]");
  if (opener) {
    opener.closest("details.menu")?.querySelector("summary").focus();
    openForm(dialog, opener.dataset.arrange);
  }
  const words = event.target.closest("[data-answer-with]")?.dataset.answerWith;
  if (words) answerWith(words);
  const then = event.target.closest("[data-send-then]")?.dataset.sendThen;
  if (then) document.dispatchEvent(new CustomEvent("desk:send", { detail: { then } }));
}

/** In a subtask there is nothing to put elsewhere: nobody outside has said it. */
function fitMenu(event) {
  const inSubtask = document.getElementById("selection")?.hasAttribute("data-subtask") ?? false;
  for (const what of ["subtask", "select", "move"]) {
    const item = event.target.querySelector(`[data-do="${what}"]`);
    if (item && event.newState === "open") item.hidden = inSubtask;
  }
}

async function openForm(dialog, address) {
  const form = await look(address);
  if (form === null) { toast(word("failed"), { danger: true }); return; }
  dialog.innerHTML = form;
  htmx.process(dialog);
  dialog.dispatchEvent(new CustomEvent("filled"));
  dialog.showModal();
  dialog.querySelector("[autofocus]")?.select?.();
}

function chooseTicket(dialog, ticket, messages) {
  const chosen = new URLSearchParams(messages.map((message) => ["message", message]));
  return openForm(dialog, `/t/${ticket}/move?${chosen}`);
}

/** A number that was typed counts more than the ticket that was marked. */
async function submit(dialog, form) {
  const body = new URLSearchParams(new FormData(form));
  const typed = form.querySelector("#arrange-number")?.value.trim();
  if (typed) body.set(form.dataset.number, typed);
  const button = form.querySelector('[type="submit"]');
  button.disabled = true;
  try {
    const answer = await ask(form.getAttribute("action"), { method: "POST", body });
    dialog.close();
    tell(await answer.json());
  } catch (error) {
    dialog.querySelector("#arrange-error").textContent = error.words ?? word("offline");
  } finally {
    button.disabled = false;
  }
}

const split = (ticket, messages) => post(`/t/${ticket}/split`, messages);
const moveTo = (ticket, messages, into) => post(`/t/${ticket}/move`, messages, [["into", into]]);

/** Whether it was done. */
async function post(address, messages, more = []) {
  const body = new URLSearchParams([...messages.map((message) => ["message", message]), ...more]);
  try {
    tell(await (await ask(address, { method: "POST", body })).json());
    return true;
  } catch (error) {
    toast(error.words ?? word("offline"), { danger: true });
    return false;
  }
}

/** What was done, and how it is taken back; `show`: the ticket that is to stand here now. */
function tell({ text, undo = "", show = null }) {
  document.dispatchEvent(new CustomEvent("desk:toast", { detail: { text, undo } }));
  document.dispatchEvent(new CustomEvent("desk:arranged", { detail: { show } }));
}

/** The answer is for the customer: nothing leaves before somebody sends it. */
function answerWith(words) {
  document.querySelector('#composer [data-choose="reply"]')?.click();
  putWords(words);
}
