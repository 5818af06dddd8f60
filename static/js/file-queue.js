// A file that is tried again leaves its place in the lists, and its button with it: who pressed by keyboard stays here.

document.addEventListener("htmx:after:swap", () => {
  if (document.activeElement === document.body) document.getElementById("file-queue")?.focus({ preventScroll: true });
});
