// Sending somebody's name and phone number.

import { keepDialogForm } from "./dialog-form.js";
import { word } from "./words.js";

const PHONE = /^\+?[\d\s().-]{3,31}$/;

export function keepContactDialog() {
  keepDialogForm(document.getElementById("contact-dialog"), read, (part) => document.dispatchEvent(new CustomEvent("desk:part", { detail: part })));
}

function read(values) {
  const errors = {};
  const [name, phone] = [values["contact-name"], values["contact-phone"]];
  if (!name) errors["contact-name"] = word("needs_name");
  if (!PHONE.test(phone) || !/\d{3}/.test(phone.replace(/\D/g, ""))) errors["contact-phone"] = word("bad_phone");
  return { errors, value: { part: "contact", name, phone } };
}
