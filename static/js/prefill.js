// Ready words go into the composer, as an answer to the message they are about. Nothing leaves before somebody sends it.

export function keepPrefilling() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fill]");
    if (button) fill(button.dataset.fill, button.closest("li[data-message]"));
  });
}

function fill(words, bubble) {
  // The composer turns to the reply and quotes the message.
  bubble?.querySelector("[data-reply]")?.click();
  putWords(words);
}

/** Into what is being written, after it, and not twice. */
export function putWords(words) {
  const text = document.getElementById("composer-text");
  if (!text || text.disabled || text.value.includes(words)) return;
  text.value = text.value.trim() ? `${text.value.trimEnd()}\n${words}` : words;
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.focus();
}
