// Unsaved typing is kept on the server, three seconds after the last key. Never in the browser.
import { post } from "./connection.js";

const PAUSE = 3000;
const AGAIN = 10000;
const LEFT_OUT = new Set(["csrf_token", "post_token", "record_version"]);

function typedIn(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const control = form.elements.namedItem(name);
    const secret = control instanceof HTMLInputElement && control.type === "password";
    if (typeof value === "string" && !LEFT_OUT.has(name) && !secret) fields.append(name, value);
  }
  fields.set("draft_path", location.pathname);
  return fields;
}

function keepDraft(form, address) {
  const state = form.querySelector("[data-draft-state]");
  const say = (words) => { if (state) state.textContent = words; };
  let timer = 0;
  let kept = typedIn(form).toString();

  async function keep() {
    const fields = typedIn(form);
    const text = fields.toString();
    if (text === kept || form.dataset.sent) return;
    const answer = await post(address, fields);
    if (form.dataset.sent) return;
    if (answer?.ok) {
      kept = text;
      say(`Kept as a draft at ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}. Not saved yet.`);
    } else {
      say("Not kept yet. What you typed is still on this page.");
      later(AGAIN);
    }
  }

  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(keep, pause);
  }

  form.addEventListener("input", () => later(PAUSE));
  form.addEventListener("change", () => later(PAUSE));
  addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  form.addEventListener("submit", () => clearTimeout(timer));
}

export function keepDrafts() {
  const address = document.body.dataset.draftsUrl;
  if (!address) return;
  for (const form of document.querySelectorAll("form[data-draft]")) keepDraft(form, address);
}
