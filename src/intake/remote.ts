import { parsePartId } from "../base/brand.ts";
import { base64url, concat, fromUtf8 } from "../base/bytes.ts";
import type { Clock } from "../base/clock.ts";
import { codeOf, Fault, type FaultCode } from "../base/fault.ts";
import { codeIn } from "../base/problem.ts";
import { askCore, type Answer, type Ask, type CoreAddress } from "./core-address.ts";
import type { Acceptance, Core, Mailboxes, Parts, Posting } from "./core.ts";
import { filesIn } from "./mailboxes.ts";
import { checkPart } from "./parts.ts";

/** Pauses before the second and the third try. With `answerWithinMs` a gateway hears from us within its ten seconds. */
const pausesMs = [150, 500] as const;

/** What a test replaces. */
export interface Means {
  readonly ask: Ask;
  readonly pause: (ms: number) => Promise<void>;
}

const systemMeans: Means = { ask: askCore, pause: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)) };

/**
 * The core at an address: `POST /reports/<desk>` with the edge's secret (operations.md, Contract for scripts).
 *
 * What carries `seen` is tried three times: the core settles a repeat. What does not is posted once, since a lost answer
 * says nothing of whether the bytes lie there. Rejects as `Core.accept` does, and with `core.refused` when the core
 * will not have this edge at all.
 */
export function remoteCore(core: CoreAddress, means: Means = systemMeans): Core {
  return {
    accept: async (posting) => {
      const pauses = posting.seen === undefined ? [] : pausesMs;
      for (const pauseMs of pauses) {
        const outcome = await post(core, posting, means.ask).catch(unlessFinal);
        if (outcome !== "away") return outcome;
        await means.pause(pauseMs);
      }
      return post(core, posting, means.ask);
    },
  };
}

function unlessFinal(thrown: unknown): "away" {
  if (codeOf(thrown) !== "core.unavailable") throw thrown;
  return "away";
}

async function post(core: CoreAddress, posting: Posting, ask: Ask): Promise<Acceptance> {
  const body = new Uint8Array(posting.sealed);
  const answer = await ask(core, `/reports/${posting.desk}`, {
    method: "POST",
    headers: headersOf(core, posting),
    body,
  });
  if (answer.status === 201) return "stored";
  if (answer.status === 200) return "seen";
  if (codeIn(answer.body, ["request.keyReused"]) !== null) return "other";
  throw new Fault(refusalIn(answer));
}

function headersOf({ edgeSecret }: CoreAddress, { doorHash, seen }: Posting): Record<string, string> {
  return {
    "content-type": "application/age",
    "gundo-door-hash": base64url(doorHash),
    ...(seen === undefined ? {} : { "gundo-seen": seen.map((hash) => base64url(hash)).join(",") }),
    authorization: `Bearer ${edgeSecret.reveal()}`,
  };
}

/**
 * The core's mailboxes: `POST /mailbox/{write,read,forget}`. Each may be repeated: the core keeps the same answer once,
 * and reading and forgetting twice is doing it once.
 */
export function remoteMailboxes(core: CoreAddress, means: Means = systemMeans): Mailboxes {
  const ask = async (route: "write" | "read" | "forget", status: number, body: Uint8Array): Promise<Uint8Array> => {
    const once = async (): Promise<Uint8Array> => {
      const answer = await means.ask(core, `/mailbox/${route}`, postOf(core, body, "application/octet-stream"));
      if (answer.status !== status) throw new Fault(refusalIn(answer));
      return answer.body;
    };
    const first = await once().catch(unlessFinal);
    if (first !== "away") return first;
    await means.pause(pausesMs[0]);
    return once();
  };
  return {
    write: async (id, sealed) => void (await ask("write", 201, concat(id, sealed))),
    read: async (read) => filesIn(await ask("read", 200, read)),
    forget: async (read) => void (await ask("forget", 204, read)),
  };
}

/**
 * The core's table of parts: `POST /parts`, once. Who sent the part sends it again when this fails; what then lies there
 * twice is named by no report and dies in its time.
 */
export function remoteParts(core: CoreAddress, ask: Ask = askCore): Parts {
  return {
    put: async (sealed) => {
      checkPart(sealed);
      const answer = await ask(core, "/parts", postOf(core, sealed, "application/age"));
      if (answer.status !== 201) throw new Fault(refusalIn(answer));
      const id = parsePartId(fromUtf8(answer.body) ?? "");
      // No core of ours answered.
      if (id === null) throw new Fault("core.unavailable");
      return id;
    },
  };
}

function postOf({ edgeSecret }: CoreAddress, body: Uint8Array, contentType: string): RequestInit {
  const headers = { "content-type": contentType, authorization: `Bearer ${edgeSecret.reveal()}` };
  return { method: "POST", headers, body: new Uint8Array(body) };
}

/** What is wrong with the file is the core's word; every other refusal is about this edge, not about the report. */
const ofTheFile: readonly FaultCode[] = ["desk.unknown", "envelope.shape", "request.tooLarge"];

function refusalIn(answer: Answer): FaultCode {
  if (answer.status >= 500) return "core.unavailable";
  return codeIn(answer.body, ofTheFile) ?? "core.refused";
}

/** Asked by every balancer and every probe, so the core is asked once a second at most. */
const readyForMs = 1_000;

/** Whether the core says that it could accept a report now. */
export function remoteReady(core: CoreAddress, clock: Clock, ask: Ask = askCore): () => Promise<boolean> {
  let known: { readonly atMs: number; readonly ready: Promise<boolean> } | null = null;
  const look = (): Promise<boolean> => ask(core, "/readyz", null).then(({ status }) => status === 200, notReady);
  return () => {
    const nowMs = clock.nowMs();
    if (known === null || Math.abs(nowMs - known.atMs) >= readyForMs) known = { atMs: nowMs, ready: look() };
    return known.ready;
  };
}

function notReady(thrown: unknown): false {
  if (codeOf(thrown) !== "core.unavailable") throw thrown;
  return false;
}
