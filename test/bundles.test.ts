import { categories } from "../src/dialogue/categories.ts";
import { ownTaxonomy } from "./support/taxonomy.ts";
import type { Metafile } from "esbuild";
import { createHash } from "node:crypto";
import { relative } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { utf8 } from "../src/base/bytes.ts";
import { sha256 } from "../src/envelope/hash.ts";
import { pageLanguages } from "../src/gate/page/languages.ts";
import { pageHtml } from "../src/gate/page/render.ts";
import { organisationsOf } from "../src/roster/organisations.ts";
import { anchorsText } from "../src/roster/text.ts";
import { bundlePage, bundleScript } from "../workers/bundle.ts";
import { bundleConsoleFiles } from "../workers/console-bundle.ts";
import { bundleEdge } from "../workers/edge-bundle.ts";
import { bundleOffline } from "../workers/offline-bundle.ts";
import type { PageAssets } from "../src/gate/page/assets.ts";
import type { RosterMemory } from "../src/roster/verify.ts";
import { HandClock, testBoard, testRoster } from "./support/board.ts";

const clock = new HandClock();
const board = testBoard(clock);
const anchors = utf8(anchorsText(board.anchors));

/** A roster of this number, as a page pins it. */
const pinned = (serial: number): RosterMemory => ({ serial, noteHash: new Uint8Array(32).fill(serial) });

/** What a bundle must not hold, and how it is made; house.md, Doors. */
interface Bundled {
  readonly name: string;
  readonly make: () => Promise<{ readonly metafile: Metafile }>;
  /** Rooms of src, files or packages, as the start of a path from the top of the tree. */
  readonly never: readonly string[];
  /** A file of `never` that may be there if only these files import it. */
  readonly onlyThrough: Readonly<Record<string, readonly string[]>>;
  /** What may be left to be imported when it runs. */
  readonly left?: RegExp;
}

const core = ["src/store/", "src/queue/", "src/triage/", "src/relay/"];
const server = [...core, "src/gate/", "src/intake/", "src/config/", "src/gateway/"];
const signing = ["src/roster/sign.ts", "src/trends/noise.ts", "src/trends/release.ts", "src/envelope/note-sign.ts"];
const heavy = ["node_modules/libsodium", "node_modules/age-encryption/"];
const serverPackages = ["node_modules/zod/", "node_modules/hono/"];
const otherRooms = ["src/cli/", "src/console/", "src/form/", "src/simulator/", "src/mailbox/", "src/dialogue/"];
const opening = { "src/envelope/open.ts": ["src/mailbox/open.ts"] };

const bundles: readonly Bundled[] = [
  {
    name: "form",
    make: () => bundleScript("main.ts", { GUNDO_ANCHORS: "" }),
    never: [...server, ...signing, ...heavy, ...serverPackages, "src/cli/", "src/console/", "src/dialogue/ussd.ts"],
    onlyThrough: opening,
  },
  {
    name: "form, the script that reads answers",
    make: () => bundleScript("reading/main.ts", { GUNDO_ANCHORS: "", GUNDO_READING_WORDS: "" }),
    never: [...server, ...signing, ...heavy, ...serverPackages, "src/cli/", "src/console/", "src/dialogue/ussd.ts"],
    onlyThrough: opening,
  },
  {
    name: "form, the script that attaches",
    make: () => bundleScript("attaching/main.ts", { GUNDO_ATTACHING_WORDS: "" }),
    // It seals and never opens, and knows nobody's keys but the file's own.
    never: [
      ...server,
      ...signing,
      ...heavy,
      ...serverPackages,
      "src/cli/",
      "src/console/",
      "src/mailbox/",
      "src/roster/",
    ],
    onlyThrough: {},
  },
  {
    name: "form, first script",
    make: () =>
      bundleScript("first.ts", {
        GUNDO_SCRIPT_INTEGRITY: "",
        GUNDO_READING_INTEGRITY: "",
        GUNDO_ATTACHING_INTEGRITY: "",
      }),
    never: [...server, ...heavy, ...serverPackages, "src/cli/", "src/envelope/", "src/roster/", "src/mailbox/"],
    onlyThrough: opening,
  },
  {
    name: "offline",
    make: bundleOffline,
    // It signs rosters, which is its purpose, and opens nothing that was sealed to a reader.
    never: [...server, ...heavy, ...serverPackages, ...otherRooms, "src/envelope/open.ts", "src/envelope/opener-"],
    onlyThrough: {},
  },
  {
    name: "console",
    make: bundleConsoleFiles,
    never: [...server, "node_modules/age-encryption/", ...serverPackages, "src/cli/", "src/form/", "src/simulator/"],
    onlyThrough: { "src/envelope/open.ts": ["src/console/openers/serve.ts"] },
  },
  {
    name: "edge",
    make: () => bundleEdge({ anchors: "", instance: "", serial: 1, noteHash: "" }),
    never: [...core, ...signing, ...heavy, "src/cli/", "src/console/", "src/form/", "src/simulator/"],
    onlyThrough: opening,
    left: /^build\/[\w-]+\.wasm$/,
  },
];

const top = (path: string): string => relative(process.cwd(), path);

/** Inputs that left something in the output, by their path from the top, with who imports them. */
function inputsOf({ inputs, outputs }: Metafile): ReadonlyMap<string, readonly string[]> {
  const kept = Object.values(outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const importers = (path: string): readonly string[] =>
    Object.entries(inputs).flatMap(([from, { imports }]) =>
      imports.some((one) => one.path === path) ? [top(from)] : [],
    );
  return new Map(kept.map((path) => [top(path), importers(path)]));
}

describe.each(bundles)("bundle $name", ({ make, never, onlyThrough, left = /^$/ }) => {
  let metafile: Metafile;
  let inputs: ReadonlyMap<string, readonly string[]>;
  beforeAll(async () => {
    ({ metafile } = await make());
    inputs = inputsOf(metafile);
  });

  // `(disabled):crypto` is the empty stand-in for what libsodium asks of Node when it runs there.
  test("there is something in it", () => {
    expect(inputs.size).toBeGreaterThan(3);
    expect(
      [...inputs.keys()].every((path) => /^((src|workers|node_modules)\/|<define:|\(disabled\):crypto$)/.test(path)),
    ).toBe(true);
  });

  test("no module of Node, and nothing left to be fetched", () => {
    const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
    expect(imported.filter((path) => !left.test(path))).toEqual([]);
    const asked = Object.values(metafile.inputs).flatMap((input) => input.imports.map(({ path }) => path));
    expect(asked.filter((path) => path.startsWith("node:"))).toEqual([]);
  });

  test("nothing of what it must never hold", () => {
    expect([...inputs.keys()].filter((path) => never.some((start) => path.startsWith(start)))).toEqual([]);
    for (const [path, through] of Object.entries(onlyThrough))
      expect((inputs.get(path) ?? []).filter((from) => !through.includes(from))).toEqual([]);
  });
});

describe("the form's weight and make (web.md, Budget)", () => {
  // A part of 262 144 bytes is "256 kB" to web.md: its kB has 1 024 bytes.
  const kB = 1024;
  let page: PageAssets;
  beforeAll(async () => {
    page = await bundlePage(anchors, pinned(1));
  });

  test.each(pageLanguages)("$path: 12 kB without script and 40 kB with all crypto at most, brotli", async (words) => {
    const roster = testRoster(clock, board);
    const view = {
      words,
      foreignScript: false,
      filled: { getAll: () => [] },
      notice: null,
      readNotice: null,
      fingerprint: "0123 4567 8901 2345 6789 0123",
      first: page.first,
      organisations: organisationsOf(roster, roster.desks[0]!),
      categories,
    };
    const html = page.pack(utf8(await pageHtml(view))).brotli.length;
    expect(html).toBeLessThanOrEqual(12 * kB);
    expect(html + page.script.brotli.length).toBeLessThanOrEqual(40 * kB);
  });

  test("the same anchors and serial make the same bytes, other ones other bytes", async () => {
    const [same, later, others] = await Promise.all([
      bundlePage(anchors, pinned(1)),
      bundlePage(anchors, pinned(2)),
      bundlePage(utf8(anchorsText(testBoard(clock).anchors)), pinned(1)),
    ]);
    expect(same.script.plain).toEqual(page.script.plain);
    expect(same.first).toBe(page.first);
    expect(later.script.plain).not.toEqual(page.script.plain);
    expect(others.script.plain).not.toEqual(page.script.plain);
  });

  test("the first script carries the hashes of the others, and these the board's keys and the roster they pin", async () => {
    const text = new TextDecoder().decode(page.script.plain);
    for (const { plain } of [page.script, page.reading, page.attaching])
      expect(page.first).toContain(`sha256-${Buffer.from(sha256(plain)).toString("base64")}`);
    for (const { verifier } of board.anchors.board)
      expect(text).toContain(Buffer.from([1, ...verifier.publicKey]).toString("base64"));
    expect(text).not.toContain("age1pq1");
    const later = new TextDecoder().decode((await bundlePage(anchors, pinned(41))).script.plain);
    expect(later).toContain(`serial:41,noteHash:"${"29".repeat(32)}"`);
  });

  test("nothing in it is younger than the oldest browsers of the page, but for what it brings along", () => {
    const scripts = [page.script, page.reading, page.attaching]
      .map(({ plain }) => plain)
      .map((bytes) => new TextDecoder().decode(bytes));
    const text = scripts.join("\n") + page.first;
    // Chrome 81 to 128 and Firefox 116 on; what form/older.ts brings is looked for by its definition.
    const younger =
      "hasOwn( .at( findLast toSorted( toReversed( toSpliced( .with( structuredClone( replaceChildren( Promise.any " +
      "isWellFormed withResolvers groupBy( WeakRef FinalizationRegistry randomUUID ??= ||= &&= static{ Array.fromAsync crypto.subtle " +
      "AbortSignal.timeout";
    expect(younger.split(" ").filter((name) => text.includes(name))).toEqual([]);
    expect(text).toContain('"replaceAll",{value:');
    // esbuild is told to leave `a?.b(...c)` alone, which Chrome 80 to 90 get wrong.
    expect(text).not.toMatch(/\?\.[\w.]*\(\.\.\./);
  });
});

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

describe("the offline file", () => {
  let html: string;
  beforeAll(async () => {
    ({ html } = await bundleOffline());
  });

  test("is the same bytes whenever it is made, and its policy names the very script and style in it", async () => {
    expect((await bundleOffline()).html).toBe(html);
    const [, policy] = /<meta http-equiv="content-security-policy" content="([^"]*)">/.exec(html)!;
    const [, style] = /<style>([^]*?)<\/style>/.exec(html)!;
    const [, script] = /<script>([^]*?)<\/script>/.exec(html)!;
    expect(policy!.split("; ")).toEqual([
      "default-src 'none'",
      `script-src ${hashOf(script!)}`,
      `style-src ${hashOf(style!)}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    // A text in it that looked like its end would cut it short.
    expect(html.match(/<\/?script\b/gi)).toHaveLength(2);
  });

  test("names no address, fetches nothing and makes no HTML", () => {
    expect(html.match(/(src|href)=["']?(https?:|\/\/)/gi)).toBeNull();
    const reaching =
      "fetch( XMLHttpRequest WebSocket EventSource sendBeacon importScripts serviceWorker innerHTML outerHTML " +
      "insertAdjacentHTML document.write DOMParser localStorage sessionStorage indexedDB document.cookie";
    expect(reaching.split(" ").filter((name) => html.includes(name))).toEqual([]);
  });

  test("nothing in it came after Firefox 115", () => {
    const younger =
      "isWellFormed toWellFormed withResolvers groupBy( Promise.try AbortSignal.any .isSubsetOf( .intersection( " +
      "Iterator.from .toBase64( fromBase64( .setFromHex( Intl.Segmenter showPopover popover :has( light-dark( @starting-style " +
      "checkVisibility Float16Array RegExp.escape scheduler. navigation. ViewTransition text-wrap";
    expect(younger.split(" ").filter((name) => html.includes(name))).toEqual([]);
  });
});

async function consoleScript(...taxonomy: Parameters<typeof bundleConsoleFiles>): Promise<string> {
  return (await bundleConsoleFiles(...taxonomy)).outputFiles.find(({ path }) => path.endsWith(".js"))!.text;
}

test("the console of an instance with categories of its own has these and no others", async () => {
  const [own, usual] = [await consoleScript(ownTaxonomy), await consoleScript()];
  expect([own.includes("Pêche interdite"), own.includes("Vol de bétail")]).toEqual([true, false]);
  expect([usual.includes("Pêche interdite"), usual.includes("Vol de bétail")]).toEqual([false, true]);
});
