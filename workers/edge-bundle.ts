import { build, type BuildResult } from "esbuild";
import { join } from "node:path";
import { fromUtf8, hex } from "../src/base/bytes.ts";
import type { Clock } from "../src/base/clock.ts";
import { Fault } from "../src/base/fault.ts";
import { parseInstance } from "../src/config/instance.ts";
import type { KeysDirectory } from "../src/config/keys.ts";
import { verifyRoster } from "../src/roster/verify.ts";
import { readAnchors } from "./anchors.ts";

/** What the Worker trusts without proof. */
export interface EdgePins {
  /** The text of anchors.json. */
  readonly anchors: string;
  /** The text of instance.json. */
  readonly instance: string;
  /** The oldest roster it takes, and the SHA-256 of its note in hex. */
  readonly serial: number;
  readonly noteHash: string;
}

/**
 * The pins out of `GUNDO_KEYS`, verified as everything is that seals. Throws `anchors.*`, `instance.*`, and as
 * `verifyRoster`; a demo's anchors are refused.
 */
export function pinsIn(keys: KeysDirectory, clock: Clock): EdgePins {
  const { anchors, anchorsJson } = readAnchors(keys, "production");
  const { roster } = verifyRoster(anchors, keys.note(), null, clock.nowMs());
  const instance = keys.instance();
  if (instance === null) throw new Fault("instance.missing");
  parseInstance(instance);
  const { serial, noteHash } = roster;
  return { anchors: fromUtf8(anchorsJson)!, instance: fromUtf8(instance)!, serial, noteHash: hex(noteHash) };
}

export type EdgeBundle = BuildResult<{ write: false; metafile: true }>;

const room = join(import.meta.dirname, "..");

/**
 * The Cloudflare Worker as `edge.js` and the wasm modules it imports: the same bytes for the same pins on every machine.
 * The metafile names all that is in it.
 */
export function bundleEdge(pins: EdgePins): Promise<EdgeBundle> {
  return build({
    absWorkingDir: room,
    entryPoints: [join("workers", "edge.ts")],
    outdir: "build",
    bundle: true,
    minifySyntax: true,
    format: "esm",
    platform: "neutral",
    target: "es2024",
    charset: "utf8",
    conditions: ["workerd"],
    mainFields: ["module", "main"],
    legalComments: "none",
    write: false,
    metafile: true,
    logLevel: "silent",
    assetNames: "[name]",
    // workerd compiles no wasm at run time: a module is imported whole.
    loader: { ".wasm": "copy" },
    define: { GUNDO_PINS: JSON.stringify(pins) },
  });
}
