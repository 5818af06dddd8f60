// A sent message kept as a saved reply: its menu asks for a name, the box keeps words and files.

import { ask } from "./requests.js";
import { toast } from "./toasts.js";
import { word } from "./words.js";
import { wordsOf } from "./bubble-menu.js";

const LONGEST = 40;

export function keepReplySaving() {
  const dialog = document.getElementById("save-reply-dialog");
  const form = dialog.querySelector("form");
  document.addEventListener("desk:message", ({ detail }) => { if (detail.what === "save-reply") open(dialog, detail.message); });
  form.addEventListener("submit", (event) => { event.preventDefault(); save(dialog, form); });
}

function open(dialog, message) {
  const words = wordsOf(document.getElementById(`m${message}`)).split("\n", 1)[0];
  const name = dialog.querySelector("#save-reply-name");
  dialog.dataset.message = message;
  document.getElementById("save-reply-error").textContent = "";
  name.value = words.length > LONGEST ? `${words.slice(0, LONGEST).trimEnd()}…` : words;
  dialog.showModal();
  name.select();
}

async function save(dialog, form) {
  try {
    await ask(`/m/${dialog.dataset.message}/saved-reply`, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    dialog.close();
    toast(word("reply_saved"));
  } catch (error) {
    document.getElementById("save-reply-error").textContent = error.words ?? word("offline");
  }
}
