// What a film tells the page. Some browsers "play" one they cannot decode: sound runs, no error is raised, the picture
// stays black. What belongs to a film stands with it in one [data-film].

function warn(film) {
  const words = film.closest("[data-film]")?.querySelector("[data-no-picture]");
  if (words) words.hidden = false;
}

document.addEventListener(
  "loadedmetadata",
  (event) => {
    if (event.target instanceof HTMLVideoElement && event.target.videoWidth === 0) warn(event.target);
  },
  true,
);

document.addEventListener(
  "error",
  (event) => {
    // A film that was taken away tells of an error, too.
    if (event.target instanceof HTMLVideoElement && event.target.hasAttribute("src")) warn(event.target);
  },
  true,
);

document.addEventListener(
  "play",
  (event) => {
    const length = event.target.closest?.("[data-film]")?.querySelector("[data-length]");
    if (length) length.hidden = true;
  },
  true,
);
