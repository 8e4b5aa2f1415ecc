import type { AttachingWords } from "../../dialogue/words-attaching.ts";
import { readPageForm } from "../../dialogue/words-page.ts";
import { mostAttachmentBytes } from "../../envelope/attachment.ts";
import { identityOfSeed } from "../../envelope/recipient.ts";
import { attachedEvent, type Attached } from "../attached.ts";
import { element, isShown } from "../page.ts";
import { trustAddresses } from "../trusted.ts";
import type { AttachOrder, AttachOutcome, SentAttachment } from "./order.ts";
import { cleanPhoto } from "./photo.ts";

/** Put here when the page is made, by the language of the page. */
declare const GUNDO_ATTACHING_WORDS: Readonly<Record<string, AttachingWords>>;

/** A file that was chosen, and how far it has come. */
interface Chosen {
  readonly worker: Worker;
  /** Null until it is cleaned or read, and again once the worker has it. */
  order: AttachOrder;
  step: "preparing" | "waiting" | "sending" | "sent";
}

/** Takes over whichever file is chosen: nothing of it leaves before "send" is pressed, and the report goes after it. */
export function startAttaching(script: string): void {
  const words = GUNDO_ATTACHING_WORDS[document.documentElement.lang]!;
  const form = element("form") as HTMLFormElement;
  const input = element("file") as HTMLInputElement;
  const trusted = trustAddresses("gundo-attaching");
  let chosen: Chosen | null = null;
  const choose = async (): Promise<void> => {
    chosen?.worker.terminate();
    chosen = null;
    tell(form, null);
    const file = input.files?.[0];
    if (file === undefined) return say("");
    const own: Chosen = { worker: new Worker(trusted(script)), order: null, step: "preparing" };
    chosen = own;
    own.worker.addEventListener("message", ({ data }: MessageEvent<AttachOutcome>) => show(words, form, own, data));
    say(words.working);
    const prepared = await prepare(words, file);
    // Another was chosen meanwhile.
    if (chosen !== own) return;
    say(prepared.says);
    if (prepared.order === null) {
      own.worker.terminate();
      [chosen, input.value] = [null, ""];
    } else Object.assign(own, { order: prepared.order, step: "waiting" });
  };
  input.addEventListener("change", () => void choose());
  // On its way down, before the form's own script hears of it.
  document.addEventListener("submit", (event) => hold(event, form, chosen), { capture: true });
  void choose();
  input.dataset["taken"] = "yes";
}

/** A report whose file is not there yet waits for it; one that would be refused anyway is left to be refused. */
function hold(event: Event, form: HTMLFormElement, chosen: Chosen | null): void {
  if (event.target !== form || chosen === null || chosen.step === "sent") return;
  if (!readPageForm(new FormData(form)).ok || !isSealed()) return;
  event.preventDefault();
  event.stopPropagation();
  if (chosen.step !== "waiting" || isShown("tooFewReaders")) return;
  const { order } = chosen;
  chosen.step = "sending";
  chosen.order = null;
  chosen.worker.postMessage(order, order === null ? [] : [order.file.buffer]);
}

function isSealed(): boolean {
  return element("sealing").querySelector("[data-sealing=sealed]:not([hidden])") !== null;
}

interface PreparedFile {
  readonly says: string;
  /** Null when the file is not attached. */
  readonly order: AttachOrder;
}

async function prepare(words: AttachingWords, file: File): Promise<PreparedFile> {
  if (file.size === 0) return { says: words.empty, order: null };
  if (file.size > mostAttachmentBytes) return { says: words.tooLarge, order: null };
  const isPhoto = file.type.startsWith("image/");
  const bytes = isPhoto ? await cleanPhoto(file) : new Uint8Array(await file.arrayBuffer());
  if (bytes === null) return { says: words.uncleaned, order: null };
  const says = (isPhoto ? words.cleaned : words.asItIs).replace("{size}", String(Math.ceil(bytes.length / 1024)));
  const type = isPhoto ? "image/jpeg" : typeOf(file);
  return { says, order: { origin: location.origin, type, file: bytes } };
}

/** What the browser takes the file for, by its name's ending; the name itself stays here. */
function typeOf({ type }: File): string {
  return /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(type) ? type : "application/octet-stream";
}

function show(words: AttachingWords, form: HTMLFormElement, chosen: Chosen, outcome: AttachOutcome): void {
  if (outcome.kind === "progress")
    return say(words.sending.replace("{done}", String(outcome.done)).replace("{of}", String(outcome.of)));
  chosen.step = outcome.kind === "done" ? "sent" : "waiting";
  if (outcome.kind === "stopped") return say(words.stopped);
  tell(form, [attachmentOf(outcome.attachment)]);
  form.requestSubmit();
}

function attachmentOf({ seed, ...sent }: SentAttachment): NonNullable<Attached>[number] {
  return { ...sent, identity: identityOfSeed(seed)! };
}

/** Hands the report's script what goes into it. */
function tell(form: HTMLFormElement, attached: Attached): void {
  form.dispatchEvent(new CustomEvent(attachedEvent, { detail: attached }));
}

/** A sentence for eyes and screen readers; "" leaves the hint alone. */
function say(sentence: string): void {
  element("file-says").textContent = sentence;
}
