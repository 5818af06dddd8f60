// Another day of a chat: the name of a day opens a field for it. One field for all, in the top layer.

const GAP = 4;
let opener = null;

/** `go` is given a day, YYYY-MM-DD. */
export function keepDateJump(go) {
  document.addEventListener("click", (event) => {
    const name = event.target.closest(".day-name");
    if (name) open(name);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "date-jump") return;
    event.preventDefault();
    close(event.target);
    go(field().value);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest?.("#date-jump:popover-open")) {
      event.stopPropagation();
      close(event.target.closest("#date-jump"));
    }
  });
}

function field() {
  return document.getElementById("date-jump-day");
}

function open(name) {
  const form = document.getElementById("date-jump");
  opener = name;
  field().value = name.closest(".day").dataset.day;
  field().max = new Date().toLocaleDateString("sv");
  form.showPopover();
  const frame = name.getBoundingClientRect();
  form.style.setProperty("left", `${Math.max(GAP, Math.min(frame.left + frame.width / 2 - form.offsetWidth / 2, innerWidth - form.offsetWidth - GAP))}px`);
  form.style.setProperty("top", `${Math.min(frame.bottom + GAP, innerHeight - form.offsetHeight - GAP)}px`);
  field().focus();
}

function close(form) {
  form.hidePopover();
  if (opener?.isConnected) opener.focus({ preventScroll: true });
}
