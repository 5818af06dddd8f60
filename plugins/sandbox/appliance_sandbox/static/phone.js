// The practice phone: what is said appears by itself; Enter sends, a chosen file goes at once, reply and edit show
// what they are about.

const composer = document.getElementById("composer");
const write = composer?.querySelector(".composer-write");
const text = write?.elements.namedItem("text");
const quote = write?.elements.namedItem("quote");
const bar = document.getElementById("composer-bar");
let selected = "";

// `chosen` is the part of the message that was selected before Reply was pressed.
function begin(what, id, shown, quotable, chosen) {
  write.elements.namedItem("edit").value = what === "edit" ? id : "";
  write.elements.namedItem("reply_to").value = what === "reply" ? id : "";
  const label = bar.querySelector(".composer-what");
  label.textContent = label.dataset[`${what}Label`];
  bar.querySelector(".composer-text").textContent = shown;
  bar.hidden = false;
  quote.closest("label").hidden = !(what === "reply" && quotable);
  quote.value = what === "reply" ? chosen : "";
  if (what === "edit") text.value = shown;
  fit();
  text.focus();
}

function forget() {
  write.reset();
  write.elements.namedItem("edit").value = "";
  write.elements.namedItem("reply_to").value = "";
  bar.hidden = true;
  fit();
}

function fit() {
  text.rows = Math.min(6, text.value.split("\n").length);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-edit], [data-reply], [data-cancel]");
  if (!button || !write) return;
  if (button.matches("[data-cancel]")) return forget();
  const what = button.matches("[data-edit]") ? "edit" : "reply";
  begin(what, button.dataset[what], button.dataset.text, "quotable" in button.dataset, selected);
  selected = "";
});

// A press takes the selection away, so what was selected in this bubble is read as the press begins.
document.addEventListener("pointerdown", (event) => {
  const words = event.target.closest("[data-reply]")?.closest(".bubble").querySelector(".bubble-text");
  const selection = getSelection();
  const within = words && selection.rangeCount && words.contains(selection.getRangeAt(0).commonAncestorContainer);
  selected = within ? selection.toString().trim() : "";
});

document.addEventListener("keydown", (event) => {
  const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing;
  if (!sends || !event.target.matches("[data-enter-sends]")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-send-at-once]") && event.target.files.length) event.target.form.requestSubmit();
});

text?.addEventListener("input", fit);

document.addEventListener("htmx:after:request", (event) => {
  const { sourceElement, response } = event.detail.ctx;
  if (!sourceElement?.matches("[data-reset]") || !response || response.status >= 400) return;
  if (sourceElement === write) forget();
  else sourceElement.reset();
});

// Whoever sends wants to see it. The log is laid out from below: its end is at 0.
document.addEventListener("htmx:after:swap", (event) => {
  const log = document.querySelector(".chat-log");
  if (log && event.detail.ctx?.sourceElement?.matches("form")) log.scrollTop = 0;
});

// The desk's scripts let a failed `refresh` pass in silence: the next one follows in a moment.
function keepFresh(id) {
  const refresh = () => {
    const shown = document.getElementById(id);
    if (shown && !document.hidden) shown.dispatchEvent(new Event("refresh"));
  };
  const shown = document.getElementById(id);
  if (shown) setInterval(refresh, Number(shown.dataset.refresh));
}

keepFresh("chat");
keepFresh("contacts");
keepFresh("group");
