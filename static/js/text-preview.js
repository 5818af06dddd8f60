// Below a text for customers: what they will read, with the {named} places filled in, while it is being written.

export function previewTexts() {
  for (const bubble of document.querySelectorAll("[data-previews]")) {
    const field = document.getElementById(bubble.dataset.previews);
    const below = document.getElementById(bubble.dataset.below ?? "");
    const show = () => draw(bubble, field, below);
    for (const source of [field, below]) source?.addEventListener("input", show);
    bubble.hidden = false;
    show();
  }
}

function draw(bubble, field, below) {
  const examples = JSON.parse(bubble.dataset.examples);
  const text = (field.value.trim() || field.placeholder).replace(/\{(\w+)\}/g, (whole, name) => examples[name] ?? whole);
  const notice = below?.value.trim();
  bubble.textContent = notice ? `${text}\n\n${notice}` : text;
}
