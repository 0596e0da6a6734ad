// <button type="button" data-mark-all="present" hidden>: sets every radio of that value inside the same form.

function mark(button) {
  const wanted = button.dataset.markAll;
  const form = button.closest("form");
  let last = null;
  for (const radio of form.querySelectorAll('input[type="radio"]')) {
    if (radio.value === wanted && !radio.checked) {
      radio.checked = true;
      last = radio;
    }
  }
  for (const box of form.querySelectorAll('input[type="checkbox"][data-mark]')) {
    box.checked = wanted === "all";
    last = box;
  }
  last?.dispatchEvent(new Event("change", { bubbles: true }));
}

export function markAll() {
  for (const button of document.querySelectorAll("button[data-mark-all]")) {
    button.hidden = false;
    button.addEventListener("click", () => mark(button));
  }
}
