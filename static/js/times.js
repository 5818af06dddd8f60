// Ages grow without asking the server; a new day asks for everything anew ("yesterday" moved).

const UNITS = [["year", 31536000], ["month", 2592000], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];
const EVERY = 20_000;
// The browser's clock may be wrong; the page says what the server's was.
const arrived = performance.timeOrigin + (performance.getEntriesByType("navigation")[0]?.responseStart ?? 0);
const skew = Number(document.body.dataset.now) - arrived || 0;
let today = new Date().toDateString();

/** This moment by the server's clock, in milliseconds. */
export function now() {
  return Date.now() + skew;
}

/** The one unit that matters, as the server writes it: '18 min'. */
export function age(moment) {
  const seconds = Math.max(60, (now() - moment) / 1000);
  const [unit, length] = UNITS.find(([, size]) => seconds >= size);
  const value = Math.max(1, Math.round(seconds / length));
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "short" }).format(value);
}

export function refreshTimes() {
  for (const element of document.querySelectorAll('time[data-style="age"]')) {
    const text = element.dataset.phrase.replace("%(age)s", age(Date.parse(element.dateTime)));
    if (element.textContent !== text) element.textContent = text;
  }
  if (new Date().toDateString() !== today) {
    today = new Date().toDateString();
    document.dispatchEvent(new CustomEvent("live:reset"));
  }
}

export function keepTimes() {
  setInterval(refreshTimes, EVERY);
}
