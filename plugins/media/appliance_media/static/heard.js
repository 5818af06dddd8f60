// What the reader has listened to: told to the box once, and known here at once.
//
// Heard is what has played to its end, or past nine tenths of it: many fall silent before they end.

const ENOUGH = 0.9;
const TRY_AGAIN_AFTER = [5000, 30_000, 120_000];
const told = new Set();

export function isHeardEnough(position, duration) {
  return duration > 0 && position >= duration * ENOUGH;
}

/** Whether it was heard since this page stands; what was heard before, the page itself says. */
export function wasHeard(address) {
  return told.has(address);
}

/** Tell the box, at the address it gave for that. */
export function tellHeard(address) {
  if (!address || told.has(address)) return;
  told.add(address);
  send(address, [...TRY_AGAIN_AFTER]);
}

async function send(address, pauses) {
  const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  try {
    const answer = await fetch(address, {
      method: "POST", credentials: "same-origin", keepalive: true, headers: { "X-CSRFToken": token, "HX-Request": "true" },
    });
    // Refused is refused; a box that stumbles may take it later.
    if (answer.status < 500) return;
  } catch {
    // No connection now.
  }
  if (pauses.length) setTimeout(() => send(address, pauses), pauses.shift());
}
