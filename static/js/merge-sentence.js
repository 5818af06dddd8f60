// Which of two tickets remains is said in a sentence before anything happens, and can be turned round.

export function keepMergeSentence(dialog) {
  let turned = false;
  dialog.addEventListener("filled", () => { turned = false; say(dialog, turned); });
  dialog.addEventListener("input", () => say(dialog, turned));
  dialog.addEventListener("click", (event) => {
    if (!event.target.closest("#merge-swap")) return;
    turned = !turned;
    say(dialog, turned);
  });
}

/** The older number remains, unless somebody turns it round: the customer was told that one first. */
function say(dialog, turned) {
  const form = dialog.querySelector("[data-merge]");
  if (!form) return;
  const here = Number(form.dataset.merge);
  const typed = form.querySelector("#arrange-number").value.replace(/\D/g, "");
  const other = Number(typed || form.elements.with?.value || 0);
  const older = Math.min(here, other);
  const kept = turned ? here + other - older : older;
  const sentence = form.querySelector("#merge-sentence");
  form.querySelector("#merge-swap").hidden = !other;
  form.querySelector("#merge-remains").value = other ? kept : "";
  sentence.textContent = other ? form.dataset.sentence.replace("{kept}", kept).replace("{gone}", here + other - kept) : "";
}
