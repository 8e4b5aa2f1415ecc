import { anchorsHash } from "../roster/anchors.ts";
import type { Keys } from "../roster/identity.ts";
import { parseAnchors } from "../roster/parse.ts";
import type { Anchors } from "../roster/roster.ts";
import { Api } from "./api.ts";
import { openCaseMemory } from "./case/memory.ts";
import { openersOf, warn, type Console } from "./console.ts";
import { wipe } from "./openers/bare.ts";
import type { Openers } from "./openers/openers.ts";
import { refusalOf } from "./refusals.ts";
import { signedInAs } from "./signed-in.ts";
import type { Refusal, Screen, SignedIn } from "./state.ts";
import { anchorsDigits, trustAnchors, type AnchorsVerdict } from "./trust/anchors.ts";
import { fetchRoster } from "./trust/roster.ts";
import { startWatch } from "./watch.ts";

/** What the reviewer put into the form. */
export interface UnlockForm {
  readonly identity: Uint8Array;
  readonly passphrase: string;
  readonly anchors: Uint8Array | null;
}

/** What waits, in memory only, while the reviewer compares digits. */
interface Waiting {
  readonly keys: Keys;
  readonly openers: Openers;
  readonly api: Api;
  readonly anchors: Anchors;
}

const waiting = new WeakMap<Console, Waiting>();

/** Opens the identity file, settles whom to trust, and signs in; what goes wrong is named on screen. */
export async function unlock(gundo: Console, form: UnlockForm): Promise<void> {
  if (!begin(gundo)) return;
  const openers = openersOf(gundo);
  const api = new Api((asked) => openers.work(asked));
  let keys: Keys | null = null;
  try {
    keys = await openers.unlock(form.identity, form.passphrase);
    const picked = form.anchors === null ? null : parseAnchors(form.anchors);
    const verdict = await trustAnchors(api, { picked, remembered: gundo.memory.read().anchors });
    await goOn(gundo, { keys, openers, api }, verdict);
  } catch (error) {
    letGo(openers, keys);
    refuse(gundo, refusalOf(error));
  }
}

/** The reviewer says the digits shown are their board's. */
export async function confirmAnchors(gundo: Console): Promise<void> {
  const held = waiting.get(gundo);
  if (held === undefined || !begin(gundo)) return;
  waiting.delete(gundo);
  try {
    await enter(gundo, held);
  } catch (error) {
    letGo(held.openers, held.keys);
    refuse(gundo, refusalOf(error));
  }
}

/** The digits are others: nothing of this server is gone by. */
export function refuseAnchors(gundo: Console): void {
  const held = waiting.get(gundo);
  waiting.delete(gundo);
  if (held !== undefined) letGo(held.openers, held.keys);
  refuse(gundo, "anchorsOther");
}

/** False when the button was pressed twice. */
function begin({ store }: Console): boolean {
  if (store.get().busy) return false;
  store.update((state) => ({ ...state, busy: true, refusal: null }));
  return true;
}

function refuse({ store }: Console, refusal: Refusal): void {
  store.update((state) => ({ ...state, busy: false, compare: null, refusal }));
}

function letGo(openers: Openers, keys: Keys | null): void {
  openers[Symbol.dispose]();
  if (keys !== null) wipe(keys);
}

type Opened = Omit<Waiting, "anchors">;

async function goOn(gundo: Console, opened: Opened, verdict: AnchorsVerdict): Promise<void> {
  if (verdict.kind === "other") {
    letGo(opened.openers, opened.keys);
    return refuse(gundo, "anchorsOther");
  }
  const held = { ...opened, anchors: verdict.anchors };
  if (verdict.kind === "compare") {
    waiting.set(gundo, held);
    gundo.store.update((state) => ({ ...state, busy: false, compare: anchorsDigits(verdict.anchors) }));
    return;
  }
  await enter(gundo, held);
  if (verdict.other) warn(gundo, "anchorsOther");
}

/** Where whoever signs in begins. */
function homeOf({ isOfficer }: SignedIn): Screen {
  return { screen: isOfficer ? "release" : "inbox" };
}

/** From keys and anchors to a session: the roster is verified before anything is signed for this server. */
async function enter(gundo: Console, { keys, openers, api, anchors }: Waiting): Promise<void> {
  const { memory, clock, store } = gundo;
  const { roster, stale } = await fetchRoster(api, anchors, memory.read().roster, clock.nowMs());
  const signedIn = signedInAs(roster, keys, gundo);
  if (signedIn === null) {
    letGo(openers, keys);
    return refuse(gundo, "notOnRoster");
  }
  await api.signIn({ instance: roster.instance, keys });
  memory.write({
    anchors: anchorsHash(anchors),
    roster: { serial: roster.serial, noteHash: roster.noteHash },
  });
  const ends = new AbortController();
  gundo.session = { keys, anchors, roster, api, openers, cases: openCaseMemory(), ends };
  store.update((state) => ({ ...state, busy: false, compare: null, signedIn, screen: homeOf(signedIn) }));
  if (stale) warn(gundo, "rosterStale");
  startWatch(gundo, gundo.session);
}
