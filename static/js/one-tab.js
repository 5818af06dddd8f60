// Of all tabs of this browser one makes the noise.

const KEY = "notices.played";
const SPREAD = 120;

/** Whether this tab is the one that tells of notices up to `last`. Tabs ask at the same moment: each waits a little. */
export async function playsHere(last) {
  await new Promise((done) => setTimeout(done, Math.random() * SPREAD));
  try {
    if (Number(localStorage.getItem(KEY) ?? 0) >= last) return false;
    localStorage.setItem(KEY, last);
  } catch {
    // Nothing may be kept here: every tab tells, which is better than none.
  }
  return true;
}
