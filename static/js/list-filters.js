// The filter dialog: fetched when it opens; its choices become the address of the list.

import { look } from "./requests.js";

export function keepFilters(list) {
  document.addEventListener("click", (event) => {
    if (event.target.closest('[data-opens="filter-dialog"]')) fill();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "filter-form") return;
    event.preventDefault();
    event.target.closest("dialog").close();
    list.show(queryOf(event.target));
  });
}

async function fill() {
  const place = document.getElementById("filter-form-place");
  const html = await look(place.dataset.address);
  if (html === null) return;
  place.innerHTML = html;
  place.querySelector("select, input, summary")?.focus();
}

/** What was chosen; days that were left empty say nothing. */
function queryOf(form) {
  const chosen = [...new FormData(form)].filter(([, value]) => value !== "");
  return new URLSearchParams(chosen).toString();
}
