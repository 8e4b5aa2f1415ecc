import { fromUtf8 } from "../../../src/base/bytes.ts";
import { radioScript } from "../../../src/trends/publish/radio.ts";
import { releaseOf } from "../../support/release.ts";
import { describe, expect, test } from "vitest";
import { fromIsoDay, fromIsoInstant } from "../../../src/base/clock.ts";
import { isGsm7 } from "../../../src/dialogue/gsm7.ts";
import { parsePeriod } from "../../../src/trends/period.ts";
import { dayName, instantName, quarterName, shortQuarterName } from "../../../src/trends/publish/quarter.ts";

describe("days and quarters in words", () => {
  test.each([
    ["2027-Q1", "janvier à mars 2027", "January to March 2027", "janv-mars 2027", "Jan-Mar 2027"],
    ["2027-Q2", "avril à juin 2027", "April to June 2027", "avril-juin 2027", "Apr-Jun 2027"],
    ["2027-Q3", "juillet à septembre 2027", "July to September 2027", "juil-sept 2027", "Jul-Sep 2027"],
    ["2027-Q4", "octobre à décembre 2027", "October to December 2027", "oct-dec 2027", "Oct-Dec 2027"],
  ])("%s", (name, fr, en, shortFr, shortEn) => {
    const period = parsePeriod(name)!;
    expect([quarterName(period, "fr"), quarterName(period, "en")]).toEqual([fr, en]);
    const short = [shortQuarterName(period, "fr"), shortQuarterName(period, "en")];
    expect(short).toEqual([shortFr, shortEn]);
    expect(short.every(isGsm7)).toBe(true);
  });

  test("a day, and an instant in UTC, which Mali keeps", () => {
    const first = fromIsoDay("2027-05-01")!;
    expect([dayName(first, "fr"), dayName(first, "en")]).toEqual(["1er mai 2027", "1 May 2027"]);
    const instant = fromIsoInstant("2027-05-15T09:00:00Z")!;
    expect(instantName(instant, "fr")).toBe("15 mai 2027 à 9 h (UTC)");
    expect(instantName(instant, "en")).toBe("15 May 2027, 9:00 UTC");
    const odd = fromIsoInstant("2027-05-15T09:05:30Z")!;
    expect([instantName(odd, "fr"), instantName(odd, "en")]).toEqual([
      "15 mai 2027 à 9 h 05 (UTC)",
      "15 May 2027, 9:05 UTC",
    ]);
  });
});

const says = (period: string): string => fromUtf8(radioScript(releaseOf(undefined, period), "fr"))!;

test("French elides before a month that begins with a vowel", () => {
  expect(says("2027-Q1")).toContain("le bulletin de janvier à mars 2027");
  expect(says("2027-Q2")).toContain("le bulletin d’avril à juin 2027");
  expect(says("2027-Q3")).toContain("le bulletin de juillet à septembre 2027");
  expect(says("2027-Q4")).toContain("le bulletin d’octobre à décembre 2027");
});
