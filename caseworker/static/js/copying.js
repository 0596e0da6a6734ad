// <button type="button" data-copy="text-box" data-copied="Copied" hidden>: puts that box's words on the clipboard.

async function copy(button) {
  const box = document.getElementById(button.dataset.copy);
  box.select();
  try {
    await navigator.clipboard.writeText(box.value);
  } catch {
    return; // The words are selected: the keyboard copies them.
  }
  button.textContent = button.dataset.copied;
}

export function copyWords() {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}
