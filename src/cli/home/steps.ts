import { join } from "node:path";
import { equal } from "../../base/bytes.ts";
import { systemClock } from "../../base/clock.ts";
import { codeOf, Fault, type FaultCode } from "../../base/fault.ts";
import { parseInstance } from "../../config/instance.ts";
import { openKeys } from "../../config/keys.ts";
import type { ServerKeys } from "../../roster/ceremony/server.ts";
import { verifyRoster } from "../../roster/verify.ts";
import { anchorsIn } from "../anchors.ts";
import { readIfThere } from "../files.ts";
import { sentenceOf } from "../says.ts";

/** What a production start needs, whether it is there, and what to do when it is not. */
export interface Step {
  readonly name: "secrets" | "settings" | "anchors" | "roster" | "instance";
  readonly done: boolean;
  /** Why it is not, or null. */
  readonly code: FaultCode | null;
  readonly says: string;
  readonly next: readonly string[];
}

export interface Home {
  readonly home: string;
  readonly keys: string;
  readonly server: ServerKeys;
}

/** Every step in the order in which they are taken. */
export function stepsOf(place: Home): readonly Step[] {
  const { home, keys } = place;
  const server = join(home, "server.json");
  return [
    { name: "secrets", done: true, code: null, says: `secrets in ${join(home, "secrets")}`, next: [] },
    settingsStep(home),
    step("anchors", "the board's anchors.json", () => checkAnchors(keys), [
      `hand ${server} to your board; it makes anchors.json and roster.note (deploy/RUNBOOK.md, The ceremony)`,
    ]),
    step("roster", "a roster that names this server's keys", () => checkRoster(place), [
      `npx gundo roster publish --note roster.note --keys ${keys}`,
      `or, when the server's keys changed: npx gundo roster renew --server ${server}`,
      `or, when the board has just changed the receipt key: npx gundo keys rotate --home ${home} --keys ${keys}`,
    ]),
    step("instance", "instance.json, what callers are told", () => checkInstance(keys), [
      `write ${join(keys, "instance.json")} (deploy/RUNBOOK.md, A production start)`,
    ]),
  ];
}

function settingsStep(home: string): Step {
  const path = join(home, "gundo.env");
  const done = readIfThere(path) !== null;
  const next = ["npx gundo init --origin https://your.domain"];
  return { name: "settings", done, code: null, says: `settings in ${path}`, next };
}

function step(name: Step["name"], says: string, check: () => void, next: readonly string[]): Step {
  try {
    check();
    return { name, done: true, code: null, says, next };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const code = codeOf(error);
    return { name, done: false, code, says: `${says}: ${sentenceOf(code)}`, next };
  }
}

function checkAnchors(keys: string): void {
  if (anchorsIn(keys).instance.startsWith("demo-")) throw new Fault("anchors.demo");
}

function checkRoster({ keys, server }: Home): void {
  const { roster } = verifyRoster(anchorsIn(keys), openKeys(keys).note(), null, systemClock.nowMs());
  const { oprf, checkpoint, relay } = roster;
  const named =
    equal(oprf.current, server.oprf) &&
    equal(checkpoint.publicKey, server.checkpoint.publicKey) &&
    equal(relay.publicKey, server.relay.publicKey);
  if (!named) throw new Fault("roster.server");
}

function checkInstance(keys: string): void {
  const bytes = openKeys(keys).instance();
  if (bytes === null) throw new Fault("instance.missing");
  parseInstance(bytes);
}
