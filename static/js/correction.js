// What came last may belong elsewhere: one press at the first message of the customer's newest words puts all of them
// into a ticket of their own, or into another one.

const SOON = 150;

/** `ways`: split(ticket, messages), move(ticket, messages, into). */
export function keepCorrection(ways) {
  let waiting = null;
  const later = () => { clearTimeout(waiting); waiting = setTimeout(show, SOON); };
  const watcher = new MutationObserver((changes) => { if (changes.some((change) => [...change.addedNodes, ...change.removedNodes].some(isBubble))) later(); });
  const watch = () => {
    watcher.disconnect();
    const log = document.getElementById("log-items");
    if (log) watcher.observe(log, { childList: true });
    show();
  };
  document.addEventListener("htmx:after:swap", (event) => { if (event.detail.ctx.target?.id === "workplace") watch(); });
  document.addEventListener("desk:arranged", later);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-correct]");
    if (button) correct(button, ways);
  });
  watch();
}

/** The customer's words since we last said something, oldest first. */
function burst() {
  const ticket = document.getElementById("workplace")?.dataset.ticket;
  const said = [...document.querySelectorAll(`#log-items > li[data-message][data-ticket="${ticket}"]`)].filter((bubble) => !bubble.matches(".message-note, .message-auto"));
  const lastReply = said.findLastIndex((bubble) => bubble.matches(".message-out"));
  return { ticket, bubbles: said.slice(lastReply + 1), first: lastReply < 0 };
}

function show() {
  const old = document.querySelector("#log-items > .correction");
  const template = document.getElementById("correction");
  const { bubbles, first } = burst();
  const made = template && bubbles.length ? template.content.firstElementChild.cloneNode(true) : null;
  // Of a ticket that has nothing else, a new one would be the same.
  if (first) made?.querySelector('[data-correct="split"]').remove();
  if (!made?.querySelector("button")) { old?.remove(); return; }
  if (old?.previousElementSibling === bubbles[0] && old.isEqualNode(made)) return;
  old?.remove();
  bubbles[0].after(made);
}

function correct(button, ways) {
  const { ticket, bubbles } = burst();
  const messages = bubbles.map((bubble) => Number(bubble.dataset.message));
  if (button.dataset.correct === "split") ways.split(ticket, messages);
  else ways.move(ticket, messages, button.dataset.into);
}

function isBubble(node) { return node instanceof Element && node.matches("[data-message]"); }
