import { build, type BuildResult, type Plugin } from "esbuild";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { hex } from "../src/base/bytes.ts";
import { formatVerifierKey } from "../src/envelope/note.ts";
import type { CompiledAnchors } from "../src/form/anchors.ts";
import type { PageAssets } from "../src/gate/page/assets.ts";
import { pageLanguages } from "../src/gate/page/languages.ts";
import { parseAnchors } from "../src/roster/parse.ts";
import type { RosterMemory } from "../src/roster/verify.ts";
import { pack } from "./pack.ts";

const form = join(import.meta.dirname, "..", "src", "form");

/** The oldest browsers of the page (web.md). */
const target = ["chrome80", "firefox115"];
// Both came before Chrome 80; esbuild counts them from a later one for the sake of cases that a test keeps out.
const supported = { "class-private-field": true, "optional-chain": true };

type Bundle = BuildResult<{ write: false; metafile: true }>;

/** The informant's page's scripts, for these anchors and rosters that follow the one pinned. Throws `anchors.malformed`. */
export async function bundlePage(anchors: Uint8Array, pinned: RosterMemory): Promise<PageAssets> {
  const values = { GUNDO_ANCHORS: compiled(anchors, pinned) };
  const [script, reading, attaching] = await Promise.all([
    scriptOf(bundleScript("main.ts", values)),
    scriptOf(bundleScript("reading/main.ts", { ...values, GUNDO_READING_WORDS: readingWords })),
    scriptOf(bundleScript("attaching/main.ts", { GUNDO_ATTACHING_WORDS: attachingWords })),
  ]);
  const integrities = {
    GUNDO_SCRIPT_INTEGRITY: integrityOf(script),
    GUNDO_READING_INTEGRITY: integrityOf(reading),
    GUNDO_ATTACHING_INTEGRITY: integrityOf(attaching),
  };
  const [first] = (await bundleScript("first.ts", integrities)).outputFiles;
  return { first: first!.text.trim(), script: pack(script), reading: pack(reading), attaching: pack(attaching), pack };
}

async function scriptOf(bundle: Promise<Bundle>): Promise<Uint8Array> {
  return (await bundle).outputFiles[0]!.contents;
}

const readingWords = Object.fromEntries(pageLanguages.map(({ language, reading }) => [language, reading]));
const attachingWords = Object.fromEntries(pageLanguages.map(({ language, attaching }) => [language, attaching]));

function integrityOf(script: Uint8Array): string {
  return `sha256-${createHash("sha256").update(script).digest("base64")}`;
}

/** A script of src/form, the same bytes for the same values on every machine; the metafile names all that is in it. */
export function bundleScript(
  entry: "main.ts" | "first.ts" | "reading/main.ts" | "attaching/main.ts",
  values: Readonly<Record<string, string | CompiledAnchors | typeof readingWords | typeof attachingWords>>,
): Promise<Bundle> {
  const define = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]));
  return build({
    entryPoints: [join(form, entry)],
    bundle: true,
    minify: true,
    format: "iife",
    platform: "browser",
    target,
    supported,
    charset: "utf8",
    legalComments: "none",
    write: false,
    metafile: true,
    logLevel: "silent",
    plugins: [wasmAsText, withoutMessages],
    define,
  });
}

/** What the page needs of the anchors, and the roster in force when it is made. */
function compiled(anchors: Uint8Array, { serial, noteHash }: RosterMemory): CompiledAnchors {
  const { instance, threshold, serial: smallest, board } = parseAnchors(anchors);
  const keys = board.map(({ verifier }) => formatVerifierKey(verifier.name, verifier.publicKey));
  return { instance, threshold, serial: smallest, board: keys, pinned: { serial, noteHash: hex(noteHash) } };
}

/**
 * Argon2id's module as a string of its bytes: brotli makes a third less of it than of base64. The one without SIMD
 * stands for both, since it is as fast here and older phones have no other.
 */
const wasmAsText: Plugin = {
  name: "wasm-as-text",
  setup: (building) => {
    building.onResolve({ filter: /\/simd\.wasm$/ }, ({ path, resolveDir, kind }) =>
      building.resolve(path.replace("simd", "no-simd"), { resolveDir, kind }),
    );
    building.onLoad({ filter: /\.wasm$/ }, async ({ path }) => {
      const bytes = JSON.stringify(await readFile(path, "latin1"));
      return { contents: `export default Uint8Array.from(${bytes},(byte)=>byte.charCodeAt(0))`, loader: "js" };
    });
  },
};

/** The packages' errors without their words, which nobody sees: on a slow network they are only weight. */
const withoutMessages: Plugin = {
  name: "without-messages",
  setup: (building) => {
    building.onLoad({ filter: /\/node_modules\/@noble\/.*\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      return {
        contents: source.replace(/throw new (\w*Error)\((?:'[^'\n]*'|"[^"\n]*")\)/g, "throw new $1()"),
        loader: "js",
      };
    });
  },
};
