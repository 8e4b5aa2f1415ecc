import { systemChance as chance } from "../base/chance.ts";
import { systemClock as clock } from "../base/clock.ts";
import { codeOf } from "../base/fault.ts";
import { readPageExclusions, readPageForm, type PageNotice } from "../dialogue/words-page.ts";
import { fingerprint } from "../roster/fingerprint.ts";
import { namesOwnOrganisations } from "../roster/organisations.ts";
import type { Desk, Roster } from "../roster/roster.ts";
import { attachedEvent, type Attached } from "./attached.ts";
import { element, isShown, showNotice, showSealing } from "./page.ts";
import { fetchVerdict, type Verdict } from "./readers.ts";
import { openReceipts, type MadeReceipt, type Receipts } from "./receipts.ts";
import { postReport, sealReport, type SentEntry } from "./send.ts";
import { openStanzas, type Stanzas } from "./stanzas.ts";
import { showThanks } from "./thanks.ts";

/** A page that can send: a verified roster, and what is made ahead for it. */
interface Ready {
  readonly roster: Roster;
  readonly desk: Desk;
  readonly stanzas: Stanzas;
  readonly receipts: Receipts;
}

type Readiness = { readonly ok: true; readonly ready: Ready } | Exclude<Verdict, { ok: true }>;

/** Takes the form over: nothing of it leaves in clear from here on, whatever the roster turns out to be. */
export function startForm(script: string): void {
  const form = element("form") as HTMLFormElement;
  let found: Readiness | null = null;
  let sending = false;
  let attached: Attached = null;
  form.addEventListener(attachedEvent, (event) => (attached = (event as CustomEvent<Attached>).detail));
  const load = async (): Promise<void> => {
    found = null;
    found = await becomeReady(script);
  };
  const prepareAhead = (): void => {
    if (found?.ok === true) prepare(found.ready, form);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sending) return;
    if (found?.ok !== true) {
      showNotice(found?.notice ?? "scriptLoading");
      if (found?.notice === "rosterUnreached") void load();
      return;
    }
    sending = true;
    void submit(found.ready, form, attached).finally(() => (sending = false));
  });
  for (const change of ["input", "change"]) form.addEventListener(change, prepareAhead);
  void load().then(prepareAhead);
  form.dataset["taken"] = "yes";
}

async function becomeReady(script: string): Promise<Readiness> {
  const verdict = await fetchVerdict(clock);
  if (!verdict.ok) {
    showSealing(verdict.notice === "rosterUnreached" ? "loading" : "refused");
    showNotice(verdict.notice);
    return verdict;
  }
  const { roster, stale } = verdict;
  const desk = roster.desks[0]!;
  element("fingerprint").textContent = fingerprint("gundo/roster/v1", roster.noteHash);
  showSealing("sealed");
  element("attach").hidden = false;
  showNotice(stale ? "rosterStale" : null);
  const stanzas = openStanzas(roster, desk, clock, chance);
  return { ok: true, ready: { roster, desk, stanzas, receipts: openReceipts(script, roster.oprf.current) } };
}

/** While the person types; a choice that leaves too few readers is said at once. */
function prepare({ stanzas }: Ready, form: HTMLFormElement): void {
  const exclude = readPageExclusions(new FormData(form));
  if (exclude === null) return;
  try {
    stanzas.ready(exclude);
    if (isShown("tooFewReaders")) showNotice(null);
  } catch (error) {
    if (codeOf(error) !== "envelope.tooFewReaders") throw error;
    showNotice("tooFewReaders");
  }
}

async function submit(ready: Ready, form: HTMLFormElement, attached: Attached): Promise<void> {
  const reading = readPageForm(new FormData(form));
  if (!reading.ok) return showNotice(reading.notice);
  // The script that sends the file is still on its way.
  if (attached === null && (element("file") as HTMLInputElement).value !== "") return showNotice("scriptLoading");
  showNotice(null);
  showSealing("sending");
  const notice = await send(ready, { ...reading.entry, attachments: attached ?? [] });
  if (notice === null) return;
  showSealing("sealed");
  showNotice(notice);
}

/** Null when the report is kept; else what to tell the person, whose words are still in the form. */
async function send({ roster, desk, stanzas, receipts }: Ready, entry: SentEntry): Promise<PageNotice | null> {
  if (!namesOwnOrganisations(roster, desk, entry.exclude)) return "changed";
  let made: MadeReceipt | null;
  let notice: PageNotice | null;
  try {
    stanzas.ready(entry.exclude);
    made = await receipts.take();
    const prepared = stanzas.take(entry.exclude);
    const language = document.documentElement.lang;
    const report = sealReport({ roster, prepared, entry, language, made }, clock, chance);
    notice = await postReport(desk, report, receipts);
  } catch (error) {
    const code = codeOf(error);
    return code === "envelope.tooFewReaders" ? "tooFewReaders" : "notSent";
  }
  if (notice === null) showThanks(made && made.receipt);
  return notice;
}
