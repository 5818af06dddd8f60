// The eye beside a password: shows what is typed while it is pressed in.

export function offerRevealing() {
  for (const eye of document.querySelectorAll("[data-reveals]")) {
    const input = document.getElementById(eye.dataset.reveals);
    eye.hidden = false;
    eye.addEventListener("click", () => reveal(eye, input));
    // Hidden again before it is sent: browsers offer to remember passwords only.
    input.form.addEventListener("submit", () => { input.type = "password"; });
  }
}

function reveal(eye, input) {
  const shown = input.type === "password";
  input.type = shown ? "text" : "password";
  eye.setAttribute("aria-pressed", String(shown));
  const use = eye.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, shown ? "#eye-off" : "#eye"));
}
