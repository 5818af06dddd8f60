// What a film tells the page. Some browsers "play" one they cannot decode: sound runs, no error is raised, the picture
// stays black.

function warn(film) {
  const words = film.closest("figure")?.querySelector("[data-no-picture]");
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
    if (event.target instanceof HTMLVideoElement) warn(event.target);
  },
  true,
);

document.addEventListener(
  "play",
  (event) => {
    const length = event.target.closest?.("figure")?.querySelector("[data-length]");
    if (length) length.hidden = true;
  },
  true,
);
