// A small picture of a file that is about to be sent, drawn here: our policy allows no blob: addresses for pictures.

const SIDE = 80;
const DRAWABLE = /^image\/(jpeg|png|gif|webp|bmp)$/;
const LARGEST = 40 * 1024 * 1024;

/** An element at once; the picture follows when it is drawn. */
export function preview(item) {
  const box = Object.assign(document.createElement("span"), { className: "tray-preview", ariaHidden: "true" });
  if (item.picture) box.append(picture(item.picture));
  else box.textContent = ending(item.name);
  if (item.picture === undefined && item.file && DRAWABLE.test(item.file.type) && item.file.size < LARGEST) draw(item, box);
  return box;
}

async function draw(item, box) {
  item.picture = null;
  try {
    const bitmap = await createImageBitmap(item.file, { resizeHeight: SIDE, resizeQuality: "medium" });
    const canvas = Object.assign(document.createElement("canvas"), { width: bitmap.width, height: bitmap.height });
    canvas.getContext("2d").drawImage(bitmap, 0, 0);
    bitmap.close();
    item.picture = canvas.toDataURL("image/jpeg", 0.7);
    (item.element?.querySelector(".tray-preview") ?? box).replaceChildren(picture(item.picture));
  } catch {
    // Not a picture after all: the ending stays.
  }
}

function picture(address) {
  return Object.assign(document.createElement("img"), { src: address, alt: "", draggable: false });
}

function ending(name) {
  const found = /\.([^.]{1,4})$/.exec(name);
  return found ? found[1].toUpperCase() : "…";
}
