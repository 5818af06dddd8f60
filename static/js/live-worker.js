// One stream for all tabs of this browser: six connections a host is all HTTP/1.1 gives.

import { LiveSource } from "./live-source.js";

const REMEMBERED = 1000;
const ports = new Set();
const recent = [];
let forgotten = 0;
let source = null;

self.onconnect = ({ ports: [port] }) => {
  port.onmessage = ({ data }) => {
    if (data.hello !== undefined) join(port, data.hello);
    if (data.bye) ports.delete(port);
  };
  port.start();
};

/** A tab knows everything up to `after`: it gets what came since, or is told to look at everything. */
function join(port, after) {
  ports.add(port);
  if (!source) {
    forgotten = after;
    source = new LiveSource(after, spread);
    return;
  }
  if (after < forgotten) port.postMessage({ reset: true });
  const missed = recent.filter((event) => event.id > after);
  if (missed.length) port.postMessage({ events: missed });
  port.postMessage({ state: source.state });
}

function spread(news) {
  if (news.events) remember(news.events);
  if (news.reset) forgotten = source.last;
  for (const port of ports) port.postMessage(news);
}

function remember(events) {
  recent.push(...events);
  while (recent.length > REMEMBERED) forgotten = recent.shift().id;
}
