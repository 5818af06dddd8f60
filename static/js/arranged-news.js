// What was put elsewhere shows where it stands: the log is drawn anew, and a ticket that became part of another makes
// room for that one.

import { ask } from "./requests.js";

const OF_SUBTASKS = ["subtask_done", "subtask_changed"];
let opening = null;

export function keepArrangedNews(chat) {
  document.addEventListener("desk:arranged", ({ detail }) => {
    if (detail?.show && detail.show !== chat.ticket) open(detail.show, chat.ticket);
    else if (chat.ticket) chat.redrawSoon();
  });
  document.addEventListener("live:events", ({ detail }) => {
    const mine = detail.events.filter((event) => event.ticket === chat.ticket);
    const arranged = mine.some((event) => event.kind === "tickets_arranged");
    if (arranged) {
      document.getElementById("merged-line")?.remove();
      followTo(chat);
    }
    if (arranged || mine.some((event) => OF_SUBTASKS.includes(event.kind))) { chat.refreshHead(); chat.catchUp(); }
  });
}

async function followTo(chat) {
  const { ticket } = chat;
  const answer = await ask(`/t/${ticket}/remains`).catch(() => null);
  const remains = answer ? (await answer.json()).ticket : ticket;
  if (ticket === chat.ticket && remains !== ticket) open(remains, ticket);
}

/** What was being written is saved by the composer as it leaves, and stands in the other ticket then. */
async function open(ticket, from) {
  // The one who did it hears of it twice: by the answer, and with everybody else.
  if (opening === ticket) return;
  opening = ticket;
  await htmx.ajax("GET", `/t/${ticket}?merged=${from}`, { target: "#workplace", swap: "outerHTML" });
  opening = null;
  history.replaceState(history.state, "", `/t/${ticket}${location.search}`);
}
