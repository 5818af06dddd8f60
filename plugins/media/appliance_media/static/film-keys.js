// The keys of a film, by their place on the keyboard: they are the same ones under any alphabet.

import { filmSpeeds } from "./speeds.js";

const STEP = 5;
const KEYS = {
  Space: (film) => toggle(film),
  KeyK: (film) => toggle(film),
  ArrowLeft: (film) => seek(film, -STEP),
  ArrowRight: (film) => seek(film, STEP),
  KeyF: (film) => fill(film),
  KeyM: (film) => { film.muted = !film.muted; },
};
const WITH_SHIFT = {
  Comma: () => filmSpeeds.step(-1),
  Period: () => filmSpeeds.step(1),
};

/** Do to the film what the key says; whether it said anything. */
export function pressFilm(film, event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  const act = (event.shiftKey ? WITH_SHIFT : KEYS)[event.code];
  if (act) act(film);
  return Boolean(act);
}

function toggle(film) {
  if (film.paused) film.play().catch(() => {});
  else film.pause();
}

function seek(film, by) {
  film.currentTime = Math.max(0, Math.min(film.currentTime + by, film.duration || Infinity));
}

function fill(film) {
  if (document.fullscreenElement) document.exitFullscreen();
  else film.requestFullscreen?.().catch(() => {});
}
