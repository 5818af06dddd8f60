// Menus are <details class="menu">. Here they close by themselves and listen to the arrow keys.

const OPEN = "details.menu[open]";

export function keepMenus() {
  document.addEventListener("click", (event) => {
    const inside = event.target.closest(OPEN);
    const chosen = event.target.closest(".menu-item:not(summary)") || event.target.matches(OPEN);
    for (const menu of document.querySelectorAll(OPEN)) {
      if (menu !== inside || chosen) menu.open = false;
    }
  });
  document.addEventListener("keydown", onKey);
}

function onKey(event) {
  const menu = event.target.closest?.(OPEN);
  if (!menu) return;
  if (event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary").focus();
    event.stopPropagation();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    step(menu, event.key === "ArrowDown" ? 1 : -1);
  }
}

function step(menu, by) {
  const items = [...menu.querySelectorAll(".menu-item")].filter((item) => item.offsetParent !== null);
  const place = items.indexOf(document.activeElement);
  items.at(place === -1 && by < 0 ? -1 : (place + by + items.length) % items.length)?.focus();
}
