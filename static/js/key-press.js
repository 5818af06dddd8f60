// Pressing the page's own buttons: what a key does, the button does.

/** The first element these selectors name, in their order, that can be pressed; null when the page has none. */
export function firstOf(selectors) {
  for (const selector of split(selectors)) {
    for (const element of document.querySelectorAll(selector)) {
      if (!element.disabled && element.getAttribute("aria-disabled") !== "true" && !element.closest("[hidden], [inert]")) return element;
    }
  }
  return null;
}

/** Press it; a menu's button opens the menu at its first item. Whether there was something to press. */
export function press(selectors) {
  const found = firstOf(selectors);
  if (!found) return false;
  if (found.matches("summary")) openMenu(found);
  else if (found.matches("input:not([type=checkbox]), textarea")) found.focus();
  else found.click();
  return true;
}

function openMenu(summary) {
  const menu = summary.parentElement;
  menu.open = true;
  const focusFirst = () => {
    const item = [...menu.querySelectorAll("input:not([type=hidden]), .menu-item")].find((each) => each.offsetParent !== null);
    (item ?? summary).focus();
  };
  focusFirst();
  // Some menus are filled only once they are open.
  if (document.activeElement === summary) menu.addEventListener("htmx:after:swap", () => { if (menu.open && document.activeElement === summary) focusFirst(); }, { once: true });
}

/** Commas inside of brackets part nothing. */
function split(selectors) {
  return selectors.split(/,\s*(?![^(]*\))/);
}
