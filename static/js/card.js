// The card: a pane on wide screens (remembered), a drawer or sheet on narrow ones.

const WIDE = matchMedia("(min-width: 1280px)");
const KEY = "desk.card-hidden";

export function keepCard() {
  document.documentElement.classList.toggle("card-hidden", localStorage.getItem(KEY) === "1");
  document.addEventListener("click", (event) => {
    const workplace = document.getElementById("workplace");
    if (event.target.closest("[data-card]")) toggle(workplace, event.target.closest("[data-card]"));
    else if (event.target === workplace) workplace.classList.remove("card-open");
  });
  document.addEventListener("keydown", (event) => {
    const open = document.querySelector(".workplace.card-open");
    if (event.key === "Escape" && open && !event.defaultPrevented) close(open);
  });
}

function toggle(workplace, button) {
  if (WIDE.matches) {
    // The name in the header opens the card, it does not close it.
    const hidden = button.matches(".chat-who") ? false : document.documentElement.classList.toggle("card-hidden");
    if (!hidden) document.documentElement.classList.remove("card-hidden");
    localStorage.setItem(KEY, hidden ? "1" : "0");
    return;
  }
  if (workplace.classList.toggle("card-open")) document.getElementById("card").focus();
  else close(workplace);
}

function close(workplace) {
  workplace.classList.remove("card-open");
  workplace.querySelector("[data-card]")?.focus();
}
