import { Fault } from "../src/base/fault.ts";
import type { Mode } from "../src/config/config.ts";
import type { KeysDirectory } from "../src/config/keys.ts";
import type { Vault } from "../src/config/vault.ts";
import { rosterMemoryIn } from "../src/roster/memory.ts";
import { parseAnchors } from "../src/roster/parse.ts";
import type { Anchors } from "../src/roster/roster.ts";
import type { RosterMemoryFile } from "../src/roster/source.ts";

/** The anchors in `GUNDO_KEYS`. Throws `anchors.missing`, `anchors.malformed`, and in production `anchors.demo`. */
export function readAnchors(
  keys: Pick<KeysDirectory, "anchors">,
  mode: Mode,
): { readonly anchors: Anchors; readonly anchorsJson: Uint8Array } {
  const anchorsJson = keys.anchors();
  if (anchorsJson === null) throw new Fault("anchors.missing");
  const anchors = parseAnchors(anchorsJson);
  if (mode === "production" && anchors.instance.startsWith("demo-")) throw new Fault("anchors.demo");
  return { anchors, anchorsJson };
}

/** Where this home remembers the highest roster it ever accepted. */
export function rosterMemoryOf(vault: Vault): RosterMemoryFile {
  return rosterMemoryIn({
    read: () => vault.read("roster-memory"),
    write: (memory) => vault.write("roster-memory", memory),
  });
}
