// Stretches of a log come by themselves, each naming its day and its ticket. What their neighbours say already goes.

export function tidy(items) {
  let day = "";
  let ticket = "";
  for (const item of [...items.children]) {
    if (item.matches(".day")) {
      if (item.dataset.day === day) item.remove();
      else day = item.dataset.day;
    } else if (item.matches(".boundary[data-ticket]")) {
      if (item.dataset.ticket === ticket) item.remove();
      else ticket = item.dataset.ticket;
    } else if (item.dataset.message) {
      ticket = item.dataset.ticket;
    }
  }
}

/** Messages that may not be seen are counted in one place: a later count takes the place of the earlier one. */
export function recount(items, span) {
  const known = items.querySelector(`.hidden-span[data-after="${span.dataset.after}"]`);
  known?.replaceWith(span);
  return Boolean(known);
}
