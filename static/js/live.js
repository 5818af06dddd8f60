// News for this page: "live:events", "live:presence" and "live:reset" on the document; a banner when they have stopped
// coming.

import { LiveSource } from "./live-source.js";
import { askToSignIn } from "./sign-in.js";

const PATIENCE = 5000;
const LOOK_AGAIN = 2000;
let waiting = null;
let looking = null;
let offline = false;
let missed = false;

export function listenLive() {
  document.addEventListener("live:missed", () => { missed = true; lookAgain(); });
  const start = Number(document.body.dataset.live);
  if (!Number.isFinite(start) || !document.body.dataset.agent) return;
  if (typeof SharedWorker !== "function") {
    poll(start);
    return;
  }
  const worker = new SharedWorker(document.body.dataset.worker, { type: "module", name: "appliance-live" });
  let answered = false;
  worker.port.onmessage = ({ data }) => { answered = true; take(data); };
  // A browser that refuses the worker says so here, or never answers at all.
  worker.onerror = () => { if (!answered) { answered = true; poll(start); } };
  worker.port.postMessage({ hello: start });
  let last = start;
  document.addEventListener("live:events", ({ detail }) => { last = Math.max(last, ...detail.events.map((event) => event.id)); });
  addEventListener("pagehide", () => worker.port.postMessage({ bye: true }));
  addEventListener("pageshow", (event) => { if (event.persisted) worker.port.postMessage({ hello: last }); });
}

function poll(start) {
  new LiveSource(start, take, { streaming: false });
}

function take({ events, presence, reset, state }) {
  if (events) document.dispatchEvent(new CustomEvent("live:events", { detail: { events } }));
  if (presence) document.dispatchEvent(new CustomEvent("live:presence", { detail: { pairs: presence } }));
  if (reset) document.dispatchEvent(new CustomEvent("live:reset"));
  if (state) show(state);
}

/** What was told but could not be fetched must not stay unseen: look at everything, once there is a connection. */
function lookAgain() {
  clearTimeout(looking);
  looking = setTimeout(() => {
    if (!missed || offline) return;
    missed = false;
    document.dispatchEvent(new CustomEvent("live:reset"));
  }, LOOK_AGAIN);
}

function show(state) {
  offline = state === "offline";
  if (!offline) lookAgain();
  if (state === "signed-out") askToSignIn("/login");
  const banner = document.getElementById("connection");
  clearTimeout(waiting);
  if (state === "offline") waiting = setTimeout(() => { banner.hidden = false; }, PATIENCE);
  else banner.hidden = true;
}
