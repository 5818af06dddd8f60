// What can be seen large: every [data-large] of the page, photos and films, in the order they came.

export function gallery() {
  return [...document.querySelectorAll("[data-large]")];
}

/** The page may have drawn the figure anew; what it shows is still the same. */
export function placeOf(figure, all = gallery()) {
  return all.findIndex((each) => each.dataset.source === figure.dataset.source);
}

/** How many of its message can be seen large: an album has one archive of all. */
export function sizeOfMessage(figure) {
  return gallery().filter((each) => each.dataset.message === figure.dataset.message).length;
}

/** Where the focus returns to; what an album folds away lies behind the last one it shows. */
export function buttonOf(figure) {
  const here = gallery()[placeOf(figure)];
  const shown = [...(here?.querySelectorAll("[data-opens-large]") ?? [])].find((button) => button.checkVisibility());
  return shown ?? [...(here?.closest(".album")?.querySelectorAll("[data-opens-large]") ?? [])].filter((button) => button.checkVisibility()).at(-1);
}
