// "(3) Inbox" in the title and a number on the tab's icon. The title never blinks.

const SIZE = 32;
let count = 0;

/** Show how many wait; 0 takes it away. */
export function badgeTab(wanted) {
  count = wanted;
  nameTab();
  drawIcon();
}

/** What changes the title (another ticket) is followed by the number. */
new MutationObserver(nameTab).observe(document.head, { childList: true, subtree: true, characterData: true });

function nameTab() {
  const plain = document.title.replace(/^\(\d+\+?\) /, "");
  const named = count ? `(${count > 99 ? "99+" : count}) ${plain}` : plain;
  if (document.title !== named) document.title = named;
}

function drawIcon() {
  const link = document.querySelector("link[rel=icon]");
  if (!link) return;
  link.dataset.plain ??= link.href;
  if (!count) {
    link.href = link.dataset.plain;
    return;
  }
  const image = new Image(SIZE, SIZE);
  image.onload = () => { if (count) link.href = withNumber(image); };
  image.src = link.dataset.plain;
}

function withNumber(image) {
  const canvas = Object.assign(document.createElement("canvas"), { width: SIZE, height: SIZE });
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0, SIZE, SIZE);
  pen.fillStyle = "#B42318";
  pen.beginPath();
  pen.arc(SIZE - 10, 10, 10, 0, 2 * Math.PI);
  pen.fill();
  pen.fillStyle = "#FFFFFF";
  pen.font = "bold 14px sans-serif";
  pen.textAlign = "center";
  pen.fillText(count > 9 ? "9+" : count, SIZE - 10, 15);
  return canvas.toDataURL();
}
