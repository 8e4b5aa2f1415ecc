import type { Emit } from "../src/base/events.ts";
import { codeOf } from "../src/base/fault.ts";
import type { Secrets } from "../src/config/config.ts";
import { demoInstance, parseInstance, type InstanceTexts } from "../src/config/instance.ts";
import type { KeysDirectory } from "../src/config/keys.ts";
import type { Vault } from "../src/config/vault.ts";
import { openAfricasTalking } from "../src/gateway/africastalking/out.ts";
import type { Outbound } from "../src/gateway/outbound.ts";
import { openPhones, type Phones } from "../src/gateway/simulator/phones.ts";
import type { Queues } from "../src/queue/queue.ts";
import { holdRelay, type RelayKeys } from "../src/roster/relay-note.ts";
import type { Roster } from "../src/roster/roster.ts";
import type { Store } from "../src/store/open.ts";
import { readRelayNote } from "../src/store/relay-note.ts";
import { dayOf } from "../src/base/clock.ts";
import { startEmulator } from "./emulator.ts";
import type { Machine } from "./phone-means.ts";
import { forgetDayKeys, startRelay } from "./relay.ts";

export interface AnswersMeans extends Machine {
  readonly secrets: Secrets;
  readonly keys: KeysDirectory;
  readonly vault: Vault;
  readonly store: Store;
  readonly roster: () => Roster;
}

/** Answers by SMS in a process with a database. */
export interface Answers {
  /** The relay's day keys as far as they are known here; null where nothing is answered by SMS. */
  readonly relayKeys: () => RelayKeys | null;
  /** A demo's phones, where answers arrive. */
  readonly phones: Phones;
  /** To be called every minute: takes the note that another process's relay signed, forgets day keys that are over. */
  readonly refresh: () => void;
  /** Starts the relay where the instance answers by SMS. What it holds is let go by `held`. */
  readonly start: (queues: Queues, held: AsyncDisposableStack) => Promise<void>;
}

export function openAnswers(means: AnswersMeans): Answers {
  const { vault, store, clock, emit } = means;
  const texts = textsOf(means);
  const relay = holdRelay(means.roster);
  const phones = openPhones();
  const look = async (): Promise<void> => {
    const note = await readRelayNote(store.db);
    if (note !== null) relay.offer(note);
  };
  return {
    relayKeys: () => relay.keys(),
    phones,
    refresh: () => {
      forgetDayKeys(vault, clock);
      if (texts?.smsAnswers !== undefined) void quietly(look(), emit);
    },
    start: async (queues, held) => {
      if (texts?.smsAnswers === undefined) return;
      const outbound = await outboundOf(means, texts.smsAnswers.from, phones, held);
      if (outbound !== null) await startRelay({ ...means, queues, outbound, published: relay.offer });
    },
  };
}

/** Null where nobody wrote an instance.json: a core need not have one. */
function textsOf({ keys, mode, clock }: AnswersMeans): InstanceTexts | null {
  const bytes = keys.instance();
  if (bytes !== null) return parseInstance(bytes);
  return mode === "demo" ? demoInstance(dayOf(clock.nowMs())) : null;
}

/** The provider's account where there is one; in a demo without one, a provider of its own. */
async function outboundOf(
  { secrets, mode, chance }: AnswersMeans,
  from: string | undefined,
  phones: Phones,
  held: AsyncDisposableStack,
): Promise<Outbound | null> {
  if (secrets.africasTalking !== null) return openAfricasTalking({ ...secrets.africasTalking, from });
  return mode === "demo" ? held.use(await startEmulator(phones, chance)).outbound : null;
}

async function quietly(task: Promise<void>, emit: Emit): Promise<void> {
  try {
    await task;
  } catch (error) {
    emit({ event: "failed", part: "relay", code: codeOf(error) });
  }
}
