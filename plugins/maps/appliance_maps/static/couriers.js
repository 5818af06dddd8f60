// The couriers' page: what changes is asked for when somebody moves, and every fifteen seconds; the map follows the list.

import { openCouriersMap } from "./couriers-map.js";
import { say } from "./words.js";

const KINDS = new Set(["position_changed", "message_received", "ticket_changed"]);
const FACTS = ["latitude", "longitude", "heading", "accuracy", "sharing", "chosen", "lines", "place-latitude"].map((name) => `data-${name}`);
const SOON = 1000;
const EVERY = 15_000;
const host = document.getElementById("couriers-map");
let map = null;
let opening = null;
let asking = false;
let waiting = null;

const side = () => document.getElementById("couriers-live");
const number = (text) => (text === undefined ? null : Number(text));

function readList() {
  const couriers = [...side().querySelectorAll("li[data-sharing], li[data-chosen]")].map(readCourier);
  const { placeLatitude, placeLongitude, placeName } = side().dataset;
  const place = placeName === undefined ? null : { lat: Number(placeLatitude), lon: Number(placeLongitude), name: placeName };
  const way = document.getElementById("courier-way");
  const lines = JSON.parse(way?.dataset.lines ?? "[]");
  const chosen = side().querySelector("li[data-chosen]")?.id;
  const view = [chosen, document.getElementById("courier-day")?.value, placeName].join("/");
  return { couriers, place, lines, chosen, view };
}

function readCourier(item) {
  const { name, latitude, longitude, accuracy, heading } = item.dataset;
  const stale = !("sharing" in item.dataset) || item.querySelector("live-age").getAttribute("state") !== "live";
  const choose = () => document.getElementById(item.id)?.querySelector(".courier-name").click();
  return { id: item.id, name, stale, choose, lat: Number(latitude), lon: Number(longitude), accuracy: number(accuracy), heading: number(heading) };
}

async function draw() {
  const shown = readList();
  if (!shown.couriers.length && !map) return;
  opening ??= openCouriersMap(host, shown);
  try {
    map = await opening;
    map.draw(readList());
  } catch (problem) {
    opening = null;
    say(host, "text-failed");
    throw problem;
  }
}

/** Show another state of this page, which a link or a field names, without leaving it. */
async function show(address) {
  history.replaceState(history.state, "", address);
  const part = new URL(address, location.href);
  part.searchParams.set("part", "1");
  side().dataset.address = part.pathname + part.search;
  await refresh();
}

async function refresh() {
  if (asking || document.visibilityState !== "visible") return later();
  asking = true;
  const target = side();
  await htmx.ajax("GET", target.dataset.address, { source: target, target, swap: "outerMorph" }).catch(() => {});
  asking = false;
}

function later() {
  waiting ??= setTimeout(() => { waiting = null; refresh(); }, SOON);
}

document.addEventListener("live:events", ({ detail }) => { if (detail.events.some(({ kind }) => KINDS.has(kind))) later(); });
document.addEventListener("live:reset", later);
document.addEventListener("visibilitychange", later);
setInterval(later, EVERY);

document.addEventListener("change", ({ target }) => {
  if (target.id !== "couriers-place" && target.id !== "courier-day") return;
  const asked = new URL(location.href);
  asked.searchParams.set(target.name, target.value);
  show(asked.pathname + asked.search);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest(".courier-name, [data-stays]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  show(link.getAttribute("href"));
});
document.addEventListener("live-age:state", draw);
new MutationObserver(draw).observe(document.querySelector(".couriers"), { subtree: true, childList: true, attributeFilter: FACTS });
draw();
