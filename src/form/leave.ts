/** Two presses of Escape within this leave the page. */
const twiceWithinMs = 1500;

/**
 * Quick exit (web.md): what was typed is wiped and the screen is blank at once, however slow the network is; then this
 * page is replaced in the tab's history by one that asks the browser to clear what it kept.
 */
export function leaveQuickly(): void {
  for (const form of document.querySelectorAll("form")) form.reset();
  document.body.textContent = "";
  location.replace("/exit");
}

/** Makes the button and a double Escape leave. Works before anything else is loaded. */
export function watchForLeaving(): void {
  document.getElementById("exit")?.addEventListener("click", (event) => {
    event.preventDefault();
    leaveQuickly();
  });
  let escapedAt = Number.NEGATIVE_INFINITY;
  document.addEventListener("keydown", (event) => {
    const again = event.key === "Escape" && event.timeStamp - escapedAt < twiceWithinMs;
    escapedAt = event.key === "Escape" && !event.repeat ? event.timeStamp : Number.NEGATIVE_INFINITY;
    if (again) leaveQuickly();
  });
}
