// The profile's choices about news: try the sound, ask the browser for messages of the system.

import { Sounds } from "./sounds.js";
import { canTellSystem } from "./system-notices.js";

export function keepNoticeChoices() {
  const button = document.getElementById("try-sound");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => new Sounds(true, Number(document.getElementById("volume").value)).play("new"));
  keepSystemChoice(document.querySelector("input[name=system]"), document.getElementById("system-state"));
}

function keepSystemChoice(box, state) {
  const say = () => { state.textContent = state.dataset[reason()] ?? ""; };
  box.addEventListener("change", async () => {
    if (box.checked && canTellSystem() && Notification.permission === "default") await Notification.requestPermission();
    say();
  });
  say();
}

function reason() {
  if (!canTellSystem()) return "insecure";
  return { denied: "denied", default: "unasked" }[Notification.permission] ?? "";
}
