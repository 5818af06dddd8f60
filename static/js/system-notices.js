// Messages of the operating system, where the page's address allows them: only over HTTPS or on the box itself.

export function canTellSystem() {
  return isSecureContext && "Notification" in window;
}

/** Tell of the newest; the ticket is its tag, so that a second word replaces the first. */
export function tellSystem(news) {
  if (!canTellSystem() || Notification.permission !== "granted" || document.visibilityState === "visible") return;
  for (const one of news.slice(0, 3)) {
    const shown = new Notification(one.title, { body: one.text, tag: `ticket-${one.ticket}` });
    shown.onclick = () => { focus(); location.assign(one.address); shown.close(); };
  }
}
