import type { Chance } from "../base/chance.ts";
import type { Clock } from "../base/clock.ts";
import type { CaseMemory } from "../roster/case-memory.ts";
import type { Keys } from "../roster/identity.ts";
import type { Anchors, Roster } from "../roster/roster.ts";
import { Api } from "./api.ts";
import { openLeaving, type Leaving } from "./case/leaving.ts";
import type { Letter } from "./case/letters.ts";
import type { LabelPost } from "./labels/leave.ts";
import { emptyDesk, type ReleaseDesk } from "./release/desk.ts";
import { wipe } from "./openers/bare.ts";
import { startOpeners, type Openers } from "./openers/openers.ts";
import { lockedState, type Locked, type Screen, type State, type Warning } from "./state.ts";
import { openStore, type Store } from "./store.ts";
import { openMemory, type Memory } from "./trust/memory.ts";
import type { OwnPage } from "./trust/page.ts";
import type { Language } from "./words.ts";

/** A reviewer at work: what only memory holds, and locking lets go. */
export interface Session {
  readonly keys: Keys;
  readonly anchors: Anchors;
  /** Verified; a newer one takes its place (watch.ts). */
  roster: Roster;
  readonly api: Api;
  readonly openers: Openers;
  /** What was seen of cases since this unlock. */
  readonly cases: CaseMemory;
  /** Ends whatever is under way for this session. */
  readonly ends: AbortController;
}

/** The console at work: what is on screen, and what is behind it. */
export interface Console {
  readonly store: Store<State>;
  readonly memory: Memory;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly page: OwnPage;
  /** What waits to leave, sealed; it outlives the lock. */
  readonly leaving: Leaving;
  /** How many letters wait. */
  readonly letters: Store<number>;
  /** A quarter's labels on their way, or null. */
  readonly labels: Store<LabelPost | null>;
  /** A release officer's screen. */
  readonly releases: Store<ReleaseDesk>;
  /** Null while locked. */
  session: Session | null;
}

export function openConsole(page: OwnPage, clock: Clock, chance: Chance, browserLanguage: Language): Console {
  const memory = openMemory();
  const { language, theme } = memory.read();
  const store = openStore(lockedState(language ?? browserLanguage, theme, "first"));
  const letters = openStore(0);
  const leaving = openLeaving(
    { clock, chance },
    (letter) => postLetter(page, letter),
    (count) => letters.update(() => count),
  );
  const labels = openStore<LabelPost | null>(null);
  const releases = openStore(emptyDesk);
  return { store, memory, clock, chance, page, leaving, letters, labels, releases, session: null };
}

/** Posts as anybody might, with workers of its own: the console may be locked by then. */
async function postLetter(page: OwnPage, { path, body, contentType }: Letter): Promise<void> {
  const openers = startOpeners(page.script);
  try {
    await new Api((asked) => openers.work(asked)).postOpenly(path, body, contentType);
  } finally {
    openers[Symbol.dispose]();
  }
}

/** Two workers out of the page's own script; whoever starts them ends them. */
export function openersOf({ page }: Console): Openers {
  return startOpeners(page.script);
}

/** Lets go of keys and words, and ends the session on the server as well. */
export function lock(gundo: Console, why: Locked): void {
  const { store, session } = gundo;
  gundo.session = null;
  gundo.labels.update(() => null);
  gundo.releases.update(() => emptyDesk);
  const { language, theme } = store.get();
  store.update(() => lockedState(language, theme, why));
  if (session === null) return;
  session.ends.abort();
  session.openers[Symbol.dispose]();
  // Without an answer the session ends by itself within a quarter of an hour.
  session.api.signOut().catch(() => undefined);
  wipe(session.keys);
}

export function show({ store }: Console, screen: Screen): void {
  store.update((state) => ({ ...state, screen, refusal: null, sheet: false }));
}

/** Names it once, however often it is seen. */
export function warn({ store }: Console, warning: Warning): void {
  store.update((state) =>
    state.warnings.includes(warning) ? state : { ...state, warnings: [...state.warnings, warning] },
  );
}
