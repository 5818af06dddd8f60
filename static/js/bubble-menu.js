// What can be done with a message: one menu for all bubbles, in the top layer, where no pane cuts it off.

import { copyText } from "./copy.js";
import { ask } from "./requests.js";
import { toast } from "./toasts.js";
import { word } from "./words.js";

const SHEET = matchMedia("(max-width: 767px)");
const GAP = 4;
// What any message offers; the rest only where `data-may` names it.
const ALWAYS = new Set(["copy", "link", "subtask", "move", "select"]);
let opener = null;

export function keepBubbleMenu() {
  const menu = document.getElementById("bubble-menu");
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-menu-of]");
    if (button) toggle(menu, button);
    const item = event.target.closest("#bubble-menu [data-do]");
    if (item) choose(menu, item.dataset.do);
  });
  menu.addEventListener("toggle", (event) => opener?.setAttribute("aria-expanded", String(event.newState === "open")));
  menu.addEventListener("keydown", (event) => walk(menu, event));
  // News may push its message: the menu goes along, it does not vanish from under a hand.
  document.addEventListener("scroll", (event) => { if (event.target.id === "log" && menu.matches(":popover-open")) follow(menu); }, true);
  document.getElementById("delete-message").addEventListener("click", deleteMessage);
}

function toggle(menu, button) {
  const again = button === opener && menu.matches(":popover-open");
  hide(menu);
  if (again) return;
  opener = button;
  const may = new Set(button.dataset.may.split(" "));
  for (const item of menu.querySelectorAll("[data-do]")) item.hidden = !ALWAYS.has(item.dataset.do) && !may.has(item.dataset.do);
  menu.querySelector('[data-do="copy"]').hidden = !wordsOf(bubbleOf(button));
  menu.showPopover();
  place(menu, button);
  items(menu)[0]?.focus({ preventScroll: true });
}

/** Below the button, or above it where there is no room; a phone shows a sheet instead. */
function place(menu, button) {
  for (const side of ["left", "top"]) menu.style.removeProperty(side);
  if (SHEET.matches) return;
  const frame = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = frame.bottom + GAP + height <= innerHeight;
  menu.style.setProperty("left", `${Math.max(GAP, Math.min(frame.left, innerWidth - width - GAP))}px`);
  menu.style.setProperty("top", `${Math.max(GAP, below ? frame.bottom + GAP : frame.top - GAP - height)}px`);
}

function follow(menu) {
  const button = document.querySelector(`[data-menu-of="${opener.dataset.menuOf}"]`);
  if (button) place(menu, button);
  else hide(menu);
}

function walk(menu, event) {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  const all = items(menu);
  if (event.key in steps) all.at((all.indexOf(document.activeElement) + steps[event.key] + all.length) % all.length).focus();
  else if (event.key === "Home") all[0].focus();
  else if (event.key === "End") all.at(-1).focus();
  else if (event.key === "Tab") hide(menu);
  else return;
  if (event.key !== "Tab") event.preventDefault();
}

function choose(menu, what) {
  const bubble = bubbleOf(opener);
  hide(menu);
  if (!bubble) return;
  const message = Number(bubble.dataset.message);
  if (what === "reply") tell("desk:quote", { message });
  else if (what === "edit") tell("desk:edit", { message });
  else if (what === "copy") copyAndSay(wordsOf(bubble));
  else if (what === "link") copyAndSay(`${location.origin}/t/${bubble.dataset.ticket}#${bubble.id}`);
  else if (what === "delete") askToDelete(bubble);
  else tell("desk:message", { message, what });
}

function copyAndSay(text) {
  toast(word(copyText(text) ? "copied" : "not_copied"));
}

function askToDelete(bubble) {
  const dialog = document.getElementById("unsend-dialog");
  dialog.dataset.message = bubble.dataset.message;
  document.getElementById("unsend-quote").textContent = wordsOf(bubble).slice(0, 200);
  dialog.showModal();
}

async function deleteMessage() {
  const dialog = document.getElementById("unsend-dialog");
  dialog.close();
  try {
    await ask(`/m/${dialog.dataset.message}/delete`, { method: "POST" });
    toast(word("deleting"));
  } catch (error) {
    toast(error.words ?? word("offline"), { danger: true });
  }
}

/** What a bubble says, without who and when. */
export function wordsOf(bubble) {
  const words = [...bubble.querySelectorAll(".part-words")].map((part) => part.innerText).join("\n");
  return (words || bubble.querySelector(".bubble-parts")?.innerText || "").trim();
}

// By its number: while the menu stood open, news may have drawn the bubble anew.
function bubbleOf(button) {
  return document.getElementById(`m${button.dataset.menuOf}`);
}

function hide(menu) {
  if (menu.matches(":popover-open")) menu.hidePopover();
}

function items(menu) {
  return [...menu.querySelectorAll("[data-do]")].filter((item) => !item.hidden);
}

function tell(kind, detail) {
  document.dispatchEvent(new CustomEvent(kind, { detail }));
}
