// Only one thing is heard: a film that starts stops the voice and other films, a voice stops the films.

import { player } from "./voice-player.js";

export function quietFilms(except) {
  for (const film of document.querySelectorAll("video")) {
    if (film !== except && !film.muted && !film.paused) film.pause();
  }
}

// Media events do not bubble, but they pass here on their way down.
document.addEventListener(
  "play",
  (event) => {
    if (event.target.muted) return;
    quietFilms(event.target);
    player.pause();
  },
  true,
);

player.addEventListener("started", () => quietFilms());
