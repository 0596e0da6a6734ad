// Single keys, for those who have not switched them off: "/" finds a person, "p" hides names from onlookers.

const WRITABLE = "input:not([type=radio], [type=checkbox], [type=button], [type=submit]), textarea, select, [contenteditable]";

function typing(target) {
  return target instanceof Element && target.matches(WRITABLE);
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    const box = document.getElementById("find");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "p") {
    document.body.classList.toggle("cw-privacy");
    for (const part of document.querySelectorAll("details[data-sensitive]")) part.open = false;
  }
}

export function listenToKeys() {
  if (document.body.hasAttribute("data-shortcuts")) document.addEventListener("keydown", press);
}
