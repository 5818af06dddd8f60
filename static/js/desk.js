// The desk: list, conversation, composer, card. Each part looks after itself; this starts them and mounts what HTMX brings.

import { tellOfSent } from "./after-sending.js";
import { keepAnswersDialog } from "./answers-dialog.js";
import { keepArranging } from "./arranging.js";
import { keepBubbleMenu } from "./bubble-menu.js";
import { keepCard } from "./card.js";
import { keepChat } from "./chat.js";
import { mountComposer } from "./composer.js";
import { keepContact } from "./contact.js";
import { keepContactDialog } from "./contact-dialog.js";
import { keepCollisions, mountCollisions } from "./collisions.js";
import { keepCopying } from "./copy.js";
import { keepDialogs } from "./dialogs.js";
import { keepFacts } from "./facts.js";
import { keepGroups } from "./groups.js";
import { keepHanding } from "./handing.js";
import { keepList } from "./list.js";
import { keepPlaceDialog } from "./place-dialog.js";
import { keepPrefilling } from "./prefill.js";
import { keepPresence } from "./presence.js";
import { keepReplySaving } from "./save-reply.js";
import { keepSwiping } from "./swipe.js";
import { keepUndo } from "./undo.js";

keepCard();
keepFacts();
keepDialogs();
keepCopying();
keepBubbleMenu();
keepSwiping();
keepPlaceDialog();
keepContactDialog();
keepContact();
keepAnswersDialog();
keepPrefilling();
keepReplySaving();
keepUndo();
keepGroups();
keepCollisions();
keepHanding();
const presence = keepPresence();
const list = keepList();
const chat = keepChat();
keepArranging(chat);

function mount() {
  chat.mount();
  mountComposer(chat);
  mountCollisions();
  presence.mount();
  list.markCurrent();
}

mount();
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx.target?.id === "workplace") mount();
});
tellOfSent();
