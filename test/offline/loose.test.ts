import { describe, expect, test } from "vitest";
import { utf8 } from "../../src/base/bytes.ts";
import { placeLoose } from "../../src/offline/loose.ts";
import { erratumText } from "../../src/trends/erratum.ts";
import { verifyReleases } from "../../src/trends/verify.ts";
import { instance, officers, signedBy, testFolder, testQuarters, testTrust } from "../support/releases.ts";

const quarters = testQuarters(3, (index) => ({ attempts: index === 1 ? 2 : 1 }));
const { files } = testFolder(quarters);
const release = quarters[0]!.release;
const words = { fr: "Un bureau n'a rien envoyé.", en: "One desk sent nothing." };
const erratum = erratumText({ instance, period: release.said.period, number: 1, release: release.hash, words });
files.set("2027-Q1/erratum-1.note", signedBy(erratum, ...officers));
const loose = [...files].map(([path, bytes]) => [path.split("/")[1]!, bytes] as const);

describe("files without a folder", () => {
  test("are each put where what is in them says, in whatever order they come", () => {
    for (const order of [loose, loose.toReversed()]) {
      const placed = placeLoose(order);
      expect([...placed.keys()].toSorted()).toEqual([...files.keys()].toSorted());
      for (const [path, bytes] of files) expect(placed.get(path)).toBe(bytes);
    }
    expect(verifyReleases(placeLoose(loose), testTrust())).toMatchObject({ ok: true });
  });

  test("what belongs nowhere keeps its name, and is refused by it", () => {
    const changed = loose.map(([name, bytes]) =>
      name === "t1.csv" ? ([`changed ${name}`, utf8("x")] as const) : ([name, bytes] as const),
    );
    const verdict = verifyReleases(placeLoose([...changed, ["photo.jpg", utf8("x")]]), testTrust());
    expect(verdict).toMatchObject({ ok: false });
    expect([...placeLoose([["photo.jpg", utf8("x")]]).keys()]).toEqual(["photo.jpg"]);
  });

  test.each([
    "gundo/release/v1\n\n{",
    'gundo/release/v1\nx\n{"files":[null,3,{}]}\n',
    "gundo/release-seen/v1\nx\n{}\n",
    "gundo/x\n",
  ])("nothing in them makes it fail: %j", (text) => {
    expect(placeLoose([["a.note", utf8(text)]]).size).toBe(1);
  });
});
