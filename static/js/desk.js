// The desk: list, conversation, composer, card. Each part looks after itself; this starts them and mounts what HTMX brings.

import { keepCard } from "./card.js";
import { keepChat } from "./chat.js";
import { mountComposer } from "./composer.js";
import { keepDialogs } from "./dialogs.js";
import { keepList } from "./list.js";
import { keepUndo } from "./undo.js";

keepCard();
keepDialogs();
keepUndo();
const list = keepList();
const chat = keepChat();

function mount() {
  chat.mount();
  mountComposer(chat);
  list.markCurrent();
}

mount();
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx.target?.id === "workplace") mount();
});
