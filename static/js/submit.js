// Around a form's submit: asking first, showing that it takes a while, sending a single choice at once.

export function askFirst() {
  document.addEventListener("submit", (event) => {
    const question = event.target.dataset.confirm;
    if (question && !confirm(question)) event.preventDefault();
  });
}

/** A button with data-busy says so while the box asks the messenger, and cannot be pressed twice. */
export function showBusy() {
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button?.dataset.busy || event.defaultPrevented) return;
    button.setAttribute("aria-disabled", "true");
    button.querySelector(".button-text").textContent = button.dataset.busy;
    event.target.addEventListener("submit", (again) => again.preventDefault());
  });
}

export function submitOnChange() {
  for (const form of document.querySelectorAll("[data-submits-on-change]")) {
    form.addEventListener("change", () => form.requestSubmit());
  }
}
