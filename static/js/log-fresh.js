// Messages went elsewhere, or came here: the log is looked at anew, and nothing that is read moves more than it must.
// A ticket that became part of another makes room for that one.

import { look } from "./requests.js";

const QUIET = 150;

export function keepLogFresh(chat) {
  let waiting = null;
  const later = (show = null) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { chat.pending = chat.pending.then(() => freshen(chat, show)).catch(() => {}); }, QUIET);
  };
  document.addEventListener("desk:arranged", ({ detail }) => later(detail?.show));
  document.addEventListener("live:events", ({ detail }) => {
    const here = new Set((chat.element?.dataset.tickets ?? String(chat.ticket)).split(" ").map(Number));
    const mine = detail.events.filter((event) => event.ticket === chat.ticket || here.has(event.ticket));
    if (mine.some((event) => event.kind === "tickets_arranged")) later();
    if (mine.some((event) => ["subtask_done", "subtask_changed", "tickets_arranged"].includes(event.kind))) { chat.refreshHead(); chat.catchUp(); }
  });
}

async function freshen(chat, show) {
  const { ticket } = chat;
  if (!ticket) return;
  if (show && show !== ticket) { open(show); return; }
  const page = await look(`/t/${ticket}`);
  if (page === null || ticket !== chat.ticket) return;
  const fresh = new DOMParser().parseFromString(page, "text/html");
  const workplace = fresh.getElementById("workplace");
  if (Number(workplace?.dataset.ticket) !== ticket) open(Number(workplace?.dataset.ticket), ticket);
  else replace(chat, fresh);
}

/** The address says which number led here. */
function open(ticket, from = null) {
  if (!ticket) return;
  const address = from ? `/t/${ticket}?merged=${from}` : `/t/${ticket}`;
  htmx.ajax("GET", address, { target: "#workplace", swap: "outerHTML" });
  history.replaceState(history.state, "", `/t/${ticket}${location.search}`);
}

function replace(chat, fresh) {
  const items = document.getElementById("log-items");
  const anchor = firstInSight(items);
  htmx.swap({ text: fresh.getElementById("log-items").innerHTML, target: items, swap: "innerMorph", sourceElement: items });
  const main = fresh.querySelector(".chat[data-event]");
  chat.event = Math.max(chat.event, Number(main.dataset.event));
  chat.element.dataset.tickets = main.dataset.tickets ?? "";
  const again = anchor && document.getElementById(anchor.id);
  if (again && !chat.scroll.following) document.getElementById("log").scrollTop += again.getBoundingClientRect().top - anchor.top;
  chat.refreshHead();
}

/** What stands at the top of what one sees is to stay there. */
function firstInSight(items) {
  const edge = document.getElementById("log").getBoundingClientRect().top;
  const found = [...items.querySelectorAll("li[data-message]")].find((item) => item.getBoundingClientRect().bottom > edge);
  return found ? { id: found.id, top: found.getBoundingClientRect().top } : null;
}
