import { beforeAll, describe, expect, test } from "vitest";
import { utf8 } from "../src/base/bytes.ts";
import { pageStyle } from "../src/gate/page/style.ts";
import { trendsStyle } from "../src/gate/trends/style.ts";
import { anchorsText } from "../src/roster/text.ts";
import { bundlePage } from "../workers/bundle.ts";
import { bundleConsole } from "../workers/console-bundle.ts";
import { bundleOffline } from "../workers/offline-bundle.ts";
import { bundleSimulator } from "../workers/simulator-bundle.ts";
import { HandClock, testBoard } from "./support/board.ts";
import { scriptSince, styleSince, youngerInScript, youngerInStyle, type Oldest } from "./support/since.ts";

/** Android WebView 80 and Firefox 115; a laptop's Chrome 109; the offline file's Chromium (offline/README.md). */
const phone: Oldest = { chrome: 80, firefox: 115 };
const laptop: Oldest = { chrome: 109, firefox: 115 };
const stick: Oldest = { chrome: 115, firefox: 115 };

/** What is asked for before it is used, in the packages (noble, Preact) and in our own way to load a script. */
const asked = {
  noble: ["Uint8Array.fromHex"],
  trustedTypes: [".createPolicy", "trustedTypes"],
  preact: [".moveBefore"],
} as const;

const onPhone = (source: string): readonly string[] => youngerInScript(source, phone);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
let sources: Readonly<Record<string, string>>;
beforeAll(async () => {
  const anchors = utf8(anchorsText(testBoard(new HandClock()).anchors));
  const [page, desk, { html }, simulator] = await Promise.all([
    bundlePage(anchors, { serial: 1, noteHash: new Uint8Array(32) }),
    bundleConsole(),
    bundleOffline(),
    bundleSimulator(),
  ]);
  sources = {
    first: page.first,
    form: text(page.script.plain),
    reading: text(page.reading.plain),
    attaching: text(page.attaching.plain),
    console: desk.script,
    simulator: simulator.script,
    offline: /<script>([^]*?)<\/script>/.exec(html)![1]!,
    "page.css": pageStyle,
    "trends.css": trendsStyle,
    "console.css": desk.style,
    "simulator.css": simulator.style,
    "offline.css": /<style>([^]*?)<\/style>/.exec(html)![1]!,
  };
});

describe("nothing is younger than the browsers it is for, but what is brought along or asked for first (web.md)", () => {
  test.each<[string, Oldest, readonly string[]]>([
    ["first", phone, asked.trustedTypes],
    // form/older.ts.
    ["form", phone, [...asked.trustedTypes, ...asked.noble, ".replaceAll"]],
    ["reading", phone, [...asked.trustedTypes, ...asked.noble, ".replaceAll"]],
    // Elsewhere noble's points have a method of this name.
    ["attaching", phone, [...asked.trustedTypes, ...asked.noble, ".toHex"]],
    // base/older.ts.
    [
      "console",
      laptop,
      [
        ...asked.trustedTypes,
        ...asked.noble,
        ...asked.preact,
        ".toReversed",
        ".toSorted",
        "Map.groupBy",
        "Symbol.dispose",
      ],
    ],
    ["simulator", laptop, [".toReversed"]],
    ["offline", stick, asked.noble],
  ])("script: %s", (name, oldest, known) => {
    expect(youngerInScript(sources[name]!, oldest)).toEqual(known.toSorted());
  });

  test.each<[string, Oldest, readonly string[]]>([
    // Without the one the page stays light, and asks by @supports; without the other a browser draws a ring of its own.
    ["page.css", phone, [":focus-visible", "color-scheme:"]],
    ["trends.css", phone, [":focus-visible", "color-scheme:"]],
    ["console.css", laptop, []],
    ["simulator.css", laptop, []],
    ["offline.css", stick, []],
  ])("style: %s", (name, oldest, known) => {
    expect(youngerInStyle(sources[name]!, oldest)).toEqual(known);
  });

  // One selector that a browser does not know drops its whole rule, with all that others would have had of it.
  test.each(["page.css", "trends.css"])("%s: what is young stands in rules of its own", (name) => {
    const css = sources[name]!;
    expect(css).not.toMatch(/,[^{}]*:focus-visible|:focus-visible[^{}]*,/);
    expect(css).toContain("@supports(color-scheme:dark){@media(prefers-color-scheme:dark)");
  });
});

describe("the search sees what it looks for", () => {
  test("every name of the list, once it is there", () => {
    const old: Oldest = { chrome: 0, firefox: 0 };
    expect([scriptSince.size, styleSince.size].every((size) => size > 100)).toBe(true);
    for (const name of scriptSince.keys())
      expect(youngerInScript(`z(${name.replace(/^\./, "z.")})`, old)).toContain(name);
    for (const name of styleSince.keys()) {
      const written = name.endsWith(":")
        ? `a{${name}b}`
        : name.startsWith(":")
          ? `a${name}{b:c}`
          : name.startsWith("@")
            ? `${name}{}`
            : `a{b:${name.endsWith("(") ? `${name}1)` : `1${name}`}}`;
      expect(youngerInStyle(written, old)).toContain(name);
    }
  });

  test("syntax, names in brackets and behind globalThis, nesting; and not what a script calls so itself", () => {
    expect(onPhone("class A{static{} #a; b(c){return #a in c}}")).toEqual(["#x in", "static {}"]);
    expect(onPhone("a??=b;/a/v.test(b)")).toEqual(["/v", "??="]);
    expect(onPhone("a['findLast'](b);globalThis.structuredClone(a);typeof WeakRef;const{scheduler:d}=e")).toEqual([
      ".findLast",
      "WeakRef",
      "scheduler",
      "structuredClone",
    ]);
    expect(onPhone("const a={take(){},with:1};a.take();a.with;b.map(c);({WeakRef:1})")).toEqual([]);
    expect(youngerInStyle("a{b:c;& d{e:f}}", laptop)).toEqual(["&"]);
  });
});
