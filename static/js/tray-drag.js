// The order of files by mouse; arrows on each file do the same.

export function keepDragging(tray) {
  let dragged = null;
  const itemOf = (event) => tray.items.find((item) => item.element === event.target.closest?.(".tray-item"));
  tray.list.addEventListener("dragstart", (event) => {
    dragged = itemOf(event);
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.name);
    dragged.element.classList.add("tray-dragged");
  });
  tray.list.addEventListener("dragover", (event) => {
    const target = dragged && itemOf(event);
    if (!target) return;
    event.preventDefault();
    mark(tray, target === dragged ? null : target.element);
  });
  tray.list.addEventListener("drop", (event) => {
    const target = dragged && itemOf(event);
    if (!target) return;
    event.preventDefault();
    if (target !== dragged) tray.moveTo(dragged, tray.items.indexOf(target));
    end();
  });
  tray.list.addEventListener("dragend", () => end());

  function end() {
    dragged?.element.classList.remove("tray-dragged");
    mark(tray, null);
    dragged = null;
  }
}

function mark(tray, element) {
  for (const item of tray.items) item.element.classList.toggle("tray-target", item.element === element);
}
