// One place that talks to the server in the background and says when it cannot.

const banner = () => document.getElementById("connection-lost");

export function token() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

export function lost(isLost) {
  const shown = banner();
  if (shown) shown.hidden = !isLost;
}

/** Post a form's fields. Resolves to the answer, or to null when the server cannot be reached. */
export async function post(address, fields) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch" },
      body: fields,
      credentials: "same-origin",
      redirect: "manual",
    });
    lost(answer.status >= 502);
    if (answer.ok) dispatchEvent(new Event("cw:reached"));
    return answer;
  } catch {
    lost(true);
    return null;
  }
}

addEventListener("offline", () => lost(true));
addEventListener("online", () => lost(false));
