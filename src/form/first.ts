import { watchForLeaving } from "./leave.ts";
import { element, showNotice, showSealing } from "./page.ts";
import { trustAddresses } from "./trusted.ts";

/** `sha256-…` of /form.js, /read.js and /attach.js, put here when the page is made. */
declare const GUNDO_SCRIPT_INTEGRITY: string;
declare const GUNDO_READING_INTEGRITY: string;
declare const GUNDO_ATTACHING_INTEGRITY: string;

/**
 * The script within the page: quick exit at once, after the first paint whatever verifies and seals, what reads
 * answers once somebody types a number, and what attaches once somebody chooses a file.
 */
const form = element("form");
const reading = element("reading");
/** What reading means without script. */
const plain = element("read-plain");
const file = element("file") as HTMLInputElement;
const trusted = trustAddresses("gundo");

// Until the sealing script has taken over, a press on "send" must not post the words in clear.
function holdBack(event: Event): void {
  event.preventDefault();
  showNotice("scriptLoading");
}

/** Fetched once and checked; the worker is made of the same bytes. `then`: whether or not it ran. */
async function load(path: string, integrity: string, then: () => void): Promise<void> {
  try {
    const response = await fetch(path, { integrity, credentials: "omit" });
    const script = document.createElement("script");
    script.addEventListener("load", then);
    script.addEventListener("error", then);
    script.src = trusted(URL.createObjectURL(await response.blob()));
    document.head.append(script);
  } catch {
    // No network, or bytes that are not the ones this page was made with.
    then();
  }
}

/** A script that took over has said so on the form. Without one the form posts in clear, and the page says that. */
function handOver(): void {
  form.removeEventListener("submit", holdBack);
  if (form.dataset["taken"] === "yes") return;
  showSealing("plain");
  showNotice("scriptUnloaded");
}

let asked = false;
let pressed = false;

function holdReading(event: Event): void {
  event.preventDefault();
  pressed = true;
  askForReading();
}

function askForReading(): void {
  if (asked) return;
  asked = true;
  void load("/read.js", GUNDO_READING_INTEGRITY, () => {
    reading.removeEventListener("submit", holdReading);
    if (reading.dataset["taken"] !== "yes") plain.hidden = false;
    else if (pressed) element("read").click();
  });
}

let attaching = false;

/** Until that script is there nothing is sent with the file; where it does not come the field is empty again. */
function askForAttaching(): void {
  if (attaching) return;
  attaching = true;
  void load("/attach.js", GUNDO_ATTACHING_INTEGRITY, () => {
    if (file.dataset["taken"] === "yes") return;
    attaching = false;
    file.value = "";
    showNotice("scriptUnloaded");
  });
}

watchForLeaving();
file.addEventListener("change", askForAttaching);
form.addEventListener("submit", holdBack);
reading.addEventListener("submit", holdReading);
reading.addEventListener("input", askForReading);
showSealing("loading");
plain.hidden = true;
requestAnimationFrame(() => setTimeout(() => void load("/form.js", GUNDO_SCRIPT_INTEGRITY, handOver), 0));
