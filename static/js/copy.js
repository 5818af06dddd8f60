// Copy buttons. navigator.clipboard does not exist on plain HTTP; selecting and copying does.

const SHOWN = 1500;

/** For pages that stand still: each button is offered once scripts run. */
export function offerCopying() {
  for (const button of document.querySelectorAll("[data-copies]")) button.hidden = false;
  keepCopying();
}

/** For pages that change. */
export function keepCopying() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copies]");
    if (button) copy(document.getElementById(button.dataset.copies), button);
  });
}

/** Put words on the clipboard; whether it worked. */
export function copyText(text) {
  const field = Object.assign(document.createElement("textarea"), { className: "hidden", value: text, readOnly: true });
  const before = document.activeElement;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  before?.focus?.({ preventScroll: true });
  return done;
}

function copy(source, button) {
  select(source);
  if (!document.execCommand("copy")) return;
  const use = button.querySelector("use");
  const before = use.getAttribute("href");
  use.setAttribute("href", before.replace(/#.*/, "#check"));
  setTimeout(() => use.setAttribute("href", before), SHOWN);
}

function select(source) {
  if (source.select) {
    source.select();
    return;
  }
  const range = document.createRange();
  range.selectNodeContents(source);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}
