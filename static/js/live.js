// News for this page: "live:events" and "live:reset" on the document; a banner when they have stopped coming.

import { LiveSource } from "./live-source.js";
import { askToSignIn } from "./sign-in.js";

const PATIENCE = 5000;
let waiting = null;

export function listenLive() {
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

function take({ events, reset, state }) {
  if (events) document.dispatchEvent(new CustomEvent("live:events", { detail: { events } }));
  if (reset) document.dispatchEvent(new CustomEvent("live:reset"));
  if (state) show(state);
}

function show(state) {
  if (state === "signed-out") askToSignIn("/login");
  const banner = document.getElementById("connection");
  clearTimeout(waiting);
  if (state === "offline") waiting = setTimeout(() => { banner.hidden = false; }, PATIENCE);
  else banner.hidden = true;
}
