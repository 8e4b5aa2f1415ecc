import { build, type Metafile } from "esbuild";
import type { Plain, Sealed } from "../../src/base/brand.ts";
import type { Chance } from "../../src/base/chance.ts";
import type { Decapsulator } from "../../src/envelope/open.ts";
import { nobleDecapsulator } from "../../src/envelope/opener-noble.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import { sodiumDecapsulator } from "../../src/envelope/opener-sodium.ts";
import type { Recipient } from "../../src/envelope/recipient.ts";
import * as nodeSeal from "../../src/envelope/seal.ts";

/** Sealing as one runtime does it. */
export interface Sealer {
  readonly name: string;
  seal(recipients: readonly Recipient[], plain: Plain, chance: Chance): Sealed;
}

/** The bundle that page and workerd get: `#kem` resolved without the condition `node`. */
export async function bundleFor(entry: string): Promise<{ readonly code: string; readonly metafile: Metafile }> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    platform: "browser",
    format: "esm",
    target: "es2024",
  });
  return { code: result.outputFiles[0]!.text, metafile: result.metafile };
}

/** A file's exports as page and workerd get them. */
export async function bundled<Exports>(entry: string): Promise<Exports> {
  const { code } = await bundleFor(entry);
  const url = `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`;
  return (await import(/* @vite-ignore */ url)) as Exports;
}

async function bundledSealer(): Promise<Sealer> {
  const { seal } = await bundled<typeof nodeSeal>("src/envelope/seal.ts");
  return { name: "noble, bundled for the page", seal };
}

export const sealers: readonly Sealer[] = [{ name: "node:crypto", seal: nodeSeal.seal }, await bundledSealer()];

export const openers: readonly { readonly name: string; readonly decapsulator: Decapsulator }[] = [
  { name: "node:crypto", decapsulator: nodeDecapsulator },
  { name: "noble", decapsulator: nobleDecapsulator },
  { name: "libsodium", decapsulator: await sodiumDecapsulator() },
];
