// Where news come from: one event stream, or polling while there is none. Runs in the shared worker, or in a page.

const POLL = 4000;
const POLL_SIGNED_OUT = 15_000;
// While polling, a stream is tried again: its place may have become free.
const STREAM_AGAIN = 60_000;

export class LiveSource {
  /** `listener` gets {events}, {reset: true}, {presence: [[ticket, agent], …]} for what changed, and
      {state: "online" | "offline" | "signed-out"}. */
  constructor(after, listener, { streaming = true } = {}) {
    this.last = after;
    this.state = "";
    this.present = new Map();
    this.listener = listener;
    this.streaming = streaming && typeof EventSource === "function";
    this.polls = false;
    if (this.streaming) this.stream();
    else this.poll();
  }

  stream() {
    const stream = new EventSource(`/live?after=${this.last}`);
    stream.onopen = () => { this.polls = false; this.tell("online"); };
    stream.onmessage = (event) => this.receive(JSON.parse(event.data), Number(event.lastEventId));
    stream.addEventListener("presence", (event) => this.listener({ presence: JSON.parse(event.data) }));
    stream.addEventListener("reset", (event) => this.reset(Number(event.lastEventId)));
    stream.onerror = () => {
      // Between two attempts the browser reconnects by itself; closed means: refused, or no place.
      if (stream.readyState === EventSource.CLOSED) this.startPolling();
      else this.tell("offline");
    };
  }

  startPolling() {
    if (this.polls) return;
    this.polls = true;
    this.poll();
    if (this.streaming) setTimeout(() => { if (this.polls) this.stream(); }, STREAM_AGAIN);
  }

  async poll() {
    if (this.streaming && !this.polls) return;
    let wait = POLL;
    try {
      const answer = await fetch(`/live/since?after=${this.last}`, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
      if (answer.status === 401) {
        wait = POLL_SIGNED_OUT;
        this.tell("signed-out");
      } else {
        this.takePolled(await answer.json());
      }
    } catch {
      this.tell("offline");
    }
    setTimeout(() => this.poll(), wait);
  }

  takePolled({ events, last, reset, presence }) {
    this.tell("online");
    this.comparePresence(presence);
    if (reset) this.reset(last);
    else if (events.length) this.receive(events, last);
  }

  /** A stream tells what changed; a poll tells what is. */
  comparePresence(pairs) {
    const present = new Map(pairs.map(([ticket, agent, since]) => [`${ticket} ${agent}`, since]));
    const changed = [...new Set([...present.keys(), ...this.present.keys()])].filter((pair) => present.get(pair) !== this.present.get(pair));
    this.present = present;
    if (changed.length) this.listener({ presence: changed.map((pair) => pair.split(" ").map(Number)) });
  }

  receive(events, last) {
    const news = events.filter((event) => event.id > this.last);
    this.last = Math.max(this.last, last);
    this.tell("online");
    if (news.length) this.listener({ events: news });
  }

  reset(last) {
    this.last = Math.max(this.last, last);
    this.listener({ reset: true });
  }

  tell(state) {
    if (state === this.state) return;
    this.state = state;
    this.listener({ state });
  }
}
