// A form in a dialog: what is wrong stands below its field, and only what is right closes it.

/** `read` gets the fields' values by their ids and answers {errors: {id: words}} or {value}; `use` gets the value. */
export function keepDialogForm(dialog, read, use) {
  const form = dialog.querySelector("form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = Object.fromEntries([...form.elements].filter((field) => field.id).map((field) => [field.id, field.value.trim()]));
    const { errors = {}, value } = read(values);
    showErrors(form, errors);
    if (Object.keys(errors).length) return;
    dialog.close();
    form.reset();
    use(value);
  });
  dialog.addEventListener("close", () => showErrors(form, {}));
}

/** The first field that is wrong gets the focus. */
function showErrors(form, errors) {
  for (const field of form.querySelectorAll("input")) {
    const words = errors[field.id] ?? "";
    field.setAttribute("aria-invalid", String(Boolean(words)));
    const place = document.getElementById(`${field.id}-error`);
    if (place) place.textContent = words;
  }
  form.querySelector('[aria-invalid="true"]')?.focus();
}
