import { watchForLeaving } from "./leave.ts";
import { element, showNotice, showSealing } from "./page.ts";
import { trustedAddress } from "./trusted.ts";

/** `sha256-…` of /form.js, put here when the page is made. */
declare const GUNDO_SCRIPT_INTEGRITY: string;

/** The script within the page: quick exit at once, and after the first paint whatever verifies and seals. */
const form = element("form");

// Until the sealing script has taken over, a press on "send" must not post the words in clear.
function holdBack(event: Event): void {
  event.preventDefault();
  showNotice("scriptLoading");
}

async function load(): Promise<void> {
  try {
    // Fetched once and checked; the worker is made of the same bytes.
    const response = await fetch("/form.js", { integrity: GUNDO_SCRIPT_INTEGRITY, credentials: "omit" });
    const script = document.createElement("script");
    script.addEventListener("load", handOver);
    script.addEventListener("error", handOver);
    script.src = trustedAddress("gundo", URL.createObjectURL(await response.blob()));
    document.head.append(script);
  } catch {
    // No network, or bytes that are not the ones this page was made with.
    handOver();
  }
}

/** A script that took over has said so on the form. Without one the form posts in clear, and the page says that. */
function handOver(): void {
  form.removeEventListener("submit", holdBack);
  if (form.dataset["taken"] === "yes") return;
  showSealing("plain");
  showNotice("scriptUnloaded");
}

watchForLeaving();
form.addEventListener("submit", holdBack);
showSealing("loading");
requestAnimationFrame(() => setTimeout(() => void load(), 0));
