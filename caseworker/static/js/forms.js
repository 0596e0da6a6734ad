// Sending a form: once only, with Ctrl+Enter, and never into a dead connection.
import { lost } from "./connection.js";

function guard(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (!navigator.onLine) {
      event.preventDefault();
      lost(true);
      return;
    }
    form.dataset.sent = "yes";
    for (const button of form.querySelectorAll('button[type="submit"]')) button.setAttribute("aria-disabled", "true");
    // A browser that stays on the page (a download, a stopped load) may send again.
    setTimeout(() => release(form), 15000);
  });
}

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll('button[aria-disabled="true"]')) button.removeAttribute("aria-disabled");
}

function sendWithKeys(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest?.("form");
  const button = form?.querySelector("[data-submit]") ?? form?.querySelector('button[type="submit"]');
  if (form?.method !== "post" || !button) return;
  event.preventDefault();
  form.requestSubmit(button);
}

/** A filter beside a list stands open where there is room for it. */
function openWhereWide() {
  const wide = matchMedia("(min-width: 56.0625em)");
  const set = () => {
    for (const part of document.querySelectorAll("details[data-open-wide]")) if (wide.matches) part.open = true;
  };
  wide.addEventListener("change", set);
  set();
}

/** A folded part with something wrong in it, or that a link leads into, is opened. */
function openWhereNeeded() {
  for (const error of document.querySelectorAll(".govuk-error-message")) {
    for (let part = error.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  }
}

export function watchForms() {
  for (const form of document.querySelectorAll("form[data-guard]")) guard(form);
  addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.querySelectorAll("form[data-guard]")) release(form);
  });
  document.addEventListener("keydown", sendWithKeys);
  openWhereNeeded();
  openWhereWide();
}
