// Quick answers below the next message: up to three, as many and as long as the messenger takes.

import { keepDialogForm } from "./dialog-form.js";
import { word } from "./words.js";

export function keepAnswersDialog() {
  const dialog = document.getElementById("answers-dialog");
  const fields = [...dialog.querySelectorAll("input")];
  document.addEventListener("click", (event) => { if (event.target.closest('[data-opens="answers-dialog"]')) fill(fields); });
  keepDialogForm(dialog, (values) => read(fields, values), (buttons) => document.dispatchEvent(new CustomEvent("desk:buttons", { detail: { buttons } })));
}

/** With what the composer already has. */
function fill(fields) {
  const composer = document.getElementById("composer");
  const chosen = [...composer.querySelectorAll("[data-answer]")].map((chip) => chip.dataset.answer);
  fields.forEach((field, place) => {
    field.closest(".field").hidden = place >= Number(composer.dataset.buttons);
    field.maxLength = Number(composer.dataset.buttonLength);
    field.value = chosen[place] ?? "";
  });
}

function read(fields, values) {
  const labels = fields.map((field) => values[field.id]).filter(Boolean);
  const errors = {};
  if (!labels.length) errors[fields[0].id] = word("needs_answer");
  const twice = fields.find((field) => values[field.id] && labels.filter((label) => label === values[field.id]).length > 1);
  if (twice) errors[twice.id] = word("answer_twice");
  return { errors, value: labels };
}
