// Words for colleagues must not reach the customer: asked before they do, with one press to make them a note.

export function guard(composer) {
  const place = composer.form.querySelector("#composer-guard");
  const written = composer.mode === "reply" && !composer.editing.message && composer.text.value.trim();
  const named = written ? composer.mentions.named(composer.text.value) : null;
  place.hidden = !(named || (written && lastIsColleaguesNote()));
  const words = place.querySelector("span");
  words.textContent = named ? place.dataset.named.replace("{name}", named.name) : place.dataset.noted;
}

function lastIsColleaguesNote() {
  const bubbles = document.querySelectorAll("#log-items li[data-message]");
  return Boolean(bubbles[bubbles.length - 1]?.matches(".message-note:not(.message-mine)"));
}
