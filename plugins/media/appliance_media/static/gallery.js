// What can be seen large: every [data-large] of the page, photos and films, in the order they came.

export function gallery() {
  return [...document.querySelectorAll("[data-large]")];
}

/** The page may have drawn the figure anew; what it shows is still the same. */
export function placeOf(figure, all = gallery()) {
  return all.findIndex((each) => each.dataset.source === figure.dataset.source);
}

/** How many originals of its message can be fetched: those of an album come in one archive, too. */
export function originalsBeside(figure) {
  return gallery().filter(({ dataset }) => dataset.message === figure.dataset.message && dataset.download).length;
}

/** Where the focus returns to; what an album folds away lies behind the last one it shows. */
export function buttonOf(figure) {
  const here = gallery()[placeOf(figure)];
  const shown = [...(here?.querySelectorAll("[data-opens-large]") ?? [])].find((button) => button.checkVisibility());
  return shown ?? [...(here?.closest(".album")?.querySelectorAll("[data-opens-large]") ?? [])].filter((button) => button.checkVisibility()).at(-1);
}
