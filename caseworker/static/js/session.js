// Says five minutes before the end that the session ends, and lets the person stay.
import { post } from "./connection.js";

const WARN_MINUTES = 5;
const LOOK_EVERY = 15000;

export function watchSession() {
  const idle = Number(document.body.dataset.idleMinutes);
  const banner = document.getElementById("session-ending");
  if (!idle || !banner) return;
  const address = document.body.dataset.keepAliveUrl;
  const left = banner.querySelector("[data-minutes-left]");
  const stay = banner.querySelector("[data-stay]");
  let since = Date.now();

  // Keeping a draft or staying signed in reaches the server, which counts from then.
  addEventListener("cw:reached", () => { since = Date.now(); banner.hidden = true; });

  function look() {
    const minutes = idle - (Date.now() - since) / 60000;
    const ending = minutes <= WARN_MINUTES;
    if (ending) left.textContent = String(Math.max(0, Math.ceil(minutes)));
    if (banner.hidden === ending) banner.hidden = !ending;
  }

  stay.hidden = !address;
  stay.addEventListener("click", async () => {
    const answer = await post(address, new URLSearchParams());
    if (answer?.ok) banner.hidden = true;
    else location.reload();
  });
  setInterval(look, LOOK_EVERY);
  look();
}
