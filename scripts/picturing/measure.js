// What a picture does not tell: scrolling sideways, and words that their control cuts off.
() => {
  const told = [];
  const name = (element) => element.id ? `#${element.id}` : `${element.tagName.toLowerCase()}.${[...element.classList].join(".")}`;
  const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  for (const frame of document.querySelectorAll("html, #content, #list, #rows, #log, #card, dialog[open]")) {
    const style = getComputedStyle(frame);
    const over = frame.scrollWidth - frame.clientWidth;
    if (seen(frame) && over > 1 && !["hidden", "clip"].includes(style.overflowX)) told.push(`scrolls sideways by ${over} px: ${name(frame)}`);
  }
  const page = document.documentElement.clientWidth;
  for (const control of document.querySelectorAll("button, summary, .button, .tab, .nav-link, .bottom-link, .chip-text, label, h1, h2, th")) {
    if (!seen(control) || control.closest(".hidden, [aria-hidden=true]")) continue;
    const style = getComputedStyle(control);
    if (style.overflowX !== "visible" && control.scrollWidth > control.clientWidth + 1) {
      told.push(`cut: ${name(control)} “${control.textContent.trim().slice(0, 60)}”`);
    }
    const box = control.getBoundingClientRect();
    const frame = control.closest(".tabs, pre, .table-frame, table, .rows, dialog, [popover]");
    if (!frame && box.width > 0 && box.right > page + 1 && box.left < page) told.push(`sticks out: ${name(control)} “${control.textContent.trim().slice(0, 60)}”`);
  }
  return told;
}
