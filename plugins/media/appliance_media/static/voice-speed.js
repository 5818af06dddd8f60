// How fast voices play: one choice for all of them, remembered in this browser.

const SPEEDS = [1, 1.5, 2];
const KEY = "media.speed";
let chosen = 1;

/** The speed chosen last; 1 when none is known or the browser keeps nothing. */
export function speed() {
  try {
    const kept = Number(localStorage.getItem(KEY));
    return SPEEDS.includes(kept) ? kept : 1;
  } catch {
    return chosen;
  }
}

/** Choose the next faster one, after the fastest the slowest; returns it. */
export function nextSpeed() {
  chosen = SPEEDS[(SPEEDS.indexOf(speed()) + 1) % SPEEDS.length];
  try {
    localStorage.setItem(KEY, String(chosen));
  } catch {
    // A browser that keeps nothing still plays faster until the page goes.
  }
  return chosen;
}
