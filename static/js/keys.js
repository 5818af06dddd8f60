// Keys as the page's table says (appliance/web/keyboard_table.py): by their place, so that they work on every layout.

import { acts } from "./key-acts.js";
import { firstOf, press } from "./key-press.js";
import { keepTips } from "./key-tips.js";

// How long the first stroke of two waits for the second.
const PATIENCE = 1200;
const REPEATED = new Set(["next", "previous", "select-down", "select-up"]);
const WRITTEN_IN = 'textarea, select, [contenteditable]:not([contenteditable="false"]), input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"], [type="range"])';
// What is walked with keys of its own.
const OPEN = "details.menu[open] > :not(summary), [role=menu], [role=listbox]";
let table = [];
let letters = false;
let begun = null;

export function keepKeys() {
  const palette = document.getElementById("palette");
  if (!palette) return;
  table = JSON.parse(palette.dataset.table);
  letters = palette.hasAttribute("data-letters");
  keepTips(table.filter((each) => letters || each.writing));
  // On the window: whatever a part of the page does with a key comes first.
  addEventListener("keydown", onKey);
}

/** The command of this name; false when the page has nothing for it. */
export function run(name) {
  const found = table.find((each) => each.name === name);
  if (!found) return false;
  if (!found.act) return press(found.press);
  return isThere(name) && acts[found.act]() !== false;
}

/** Whether the page has something for it now. */
export function isThere(name) {
  const found = table.find((each) => each.name === name);
  return Boolean(found && (!found.press || firstOf(found.press)));
}

function onKey(event) {
  if (event.defaultPrevented || event.isComposing || event.getModifierState?.("AltGraph") || isModifier(event)) return;
  const stroke = strokeOf(event);
  const writing = Boolean(event.target.closest?.(WRITTEN_IN));
  const chord = begun && performance.now() - begun.at < PATIENCE ? `${begun.stroke} ${stroke}` : "";
  begun = null;
  const found = find(chord, event, writing) ?? find(stroke, event, writing);
  if (!writing && letters && table.some((each) => each.keys.some((keys) => keys.startsWith(`${stroke} `)))) {
    begun = { stroke, at: performance.now() };
  }
  if (found && !(event.repeat && !REPEATED.has(found.name)) && run(found.name)) event.preventDefault();
}

function find(stroke, event, writing) {
  if (!stroke || document.querySelector("dialog[open], :popover-open")) return undefined;
  return table.find((each) => {
    if (each.writing ? false : writing || !letters) return false;
    return (each.keys.includes(stroke) || isSign(each, event)) && !isTaken(stroke, event);
  });
}

/** / and ? stand elsewhere on many layouts: whoever sees them on a key may press that key. */
function isSign(each, event) {
  return !event.ctrlKey && !event.altKey && !event.metaKey && each.keys.includes(`key:${event.key}`);
}

/** Arrows, Enter and Escape belong to what has the focus, wherever that is not the list or the page itself. */
function isTaken(stroke, event) {
  const at = event.target;
  if (at.closest?.(OPEN)) return !stroke.startsWith("Control");
  if (!/^(Shift\+)?(Arrow|Enter)/.test(stroke)) return false;
  return !at.matches?.("body, #content, #list, #rows, #rows .row");
}

function strokeOf(event) {
  const held = [event.ctrlKey || event.metaKey ? "Control" : "", event.altKey ? "Alt" : "", event.shiftKey ? "Shift" : ""];
  return [...held, event.code].filter(Boolean).join("+");
}

function isModifier(event) {
  return ["Shift", "Control", "Alt", "Meta", "CapsLock"].includes(event.key);
}
