import { describe, expect, test } from "vitest";
import { fromUtf8, utf8 } from "../../../src/base/bytes.ts";
import { Fault } from "../../../src/base/fault.ts";
import { Secret } from "../../../src/base/secret.ts";
import { trendsFrom, type PublicNote } from "../../../src/gate/trends/from-notes.ts";
import { newsIn } from "../../../src/gate/trends/news.ts";
import { remoteNotes } from "../../../src/gate/trends/remote.ts";
import type { Ask } from "../../../src/intake/core-address.ts";
import { newsScreens } from "../../../src/trends/publish/news.ts";
import { releaseOf, someFigures } from "../../support/release.ts";
import { instance, officers, verifiersOf } from "../../support/releases.ts";
import { publicNotes, type ToldQuarter } from "../../support/trend-notes.ts";

const address = { url: "http://core.invalid", edgeSecret: new Secret("a-secret-of-an-edge-of-32-letters") };

/** A core with these notes, and what it was asked. */
function coreWith(notes: () => readonly PublicNote[]) {
  const asked: string[] = [];
  const ask: Ask = (_core, path) => {
    asked.push(path);
    const { pathname, searchParams } = new URL(path, "http://core.invalid");
    if (pathname === "/api/releases") {
      const names = notes().map(({ period, name }) => ({ period, name }));
      return Promise.resolve({ status: 200, body: utf8(JSON.stringify({ notes: names })) });
    }
    const found = notes().find(
      ({ period, name }) => period === searchParams.get("period") && name === searchParams.get("name"),
    );
    return Promise.resolve(found === undefined ? { status: 404, body: utf8("") } : { status: 200, body: found.note });
  };
  const source = trendsFrom(remoteNotes(address, ask), () => ({ instance, officers: verifiersOf(officers) }));
  return { source, asked };
}

const told: readonly ToldQuarter[] = [
  { period: "2027-Q1", figures: someFigures },
  { period: "2027-Q2", figures: { ...someFigures, t1: someFigures.t1.toReversed() } },
  { period: "2027-Q3" },
];
const notes = publicNotes(told);

describe("the news of an edge elsewhere", () => {
  test("are those of the newest release, whose two notes are fetched once", async () => {
    const { source, asked } = coreWith(() => notes);
    const content = releaseOf(told[1]!.figures, "2027-Q2");
    expect(await newsIn(source)).toEqual({ fr: newsScreens(content, "fr"), en: newsScreens(content, "en") });
    await newsIn(source);
    expect(asked.map((path) => path.replace(/.*name=/, ""))).toEqual([
      "/api/releases",
      "plan",
      "release",
      "/api/releases",
    ]);
  });

  test("are none before the first release", async () => {
    const { source } = coreWith(() => notes.filter(({ name }) => name === "plan"));
    expect(await newsIn(source)).toBeNull();
  });

  test.each(["plan", "release"])("are not believed when the %s was changed", async (name) => {
    const altered = notes.map((one) =>
      one.name === name ? { ...one, note: utf8(fromUtf8(one.note)!.replace("2027-Q2", "2027-Q4")) } : one,
    );
    await expect(newsIn(coreWith(() => altered).source)).rejects.toThrow("note.signature");
  });

  test.each([
    ["no JSON", 200, "nonsense"],
    ["another list", 200, '{"notes":[{"period":"2027","name":"release"}]}'],
    ["a refusal", 503, ""],
  ])("cannot be had from a core that answers with %s", async (_, status, body) => {
    const ask: Ask = () => Promise.resolve({ status, body: utf8(body) });
    await expect(remoteNotes(address, ask)()).rejects.toThrow(new Fault("core.unavailable"));
  });
});
