import fc from "fast-check";
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  askWithWork,
  challengeIn,
  isSolved,
  mostWorkBits,
  solveWork,
  splitWork,
  workHeader,
  type WorkChallenge,
} from "../../src/envelope/work.ts";

const someBits = fc.integer({ min: 1, max: 10 });
const someChallenge = fc.stringMatching(/^[!-~]{1,128}$/);

/** Zero bits that the digest of node:crypto begins with: not our code. */
function zeroBits(challenge: string, counter: number): number {
  const seed = createHash("sha256").update(challenge).digest();
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(counter);
  const digest = createHash("sha256")
    .update(Buffer.concat([seed, tail]))
    .digest();
  return [...digest]
    .map((byte) => byte.toString(2).padStart(8, "0"))
    .join("")
    .indexOf("1");
}

test("an answer has the zero bits that were asked, by another SHA-256, and is the first that has", () => {
  fc.assert(
    fc.property(someChallenge, someBits, (challenge, difficultyBits) => {
      const { counter, challenge: kept } = splitWork(solveWork({ challenge, difficultyBits }))!;
      expect(kept).toBe(challenge);
      expect(zeroBits(challenge, counter)).toBeGreaterThanOrEqual(difficultyBits);
      expect(isSolved({ challenge, difficultyBits }, counter)).toBe(true);
      for (let lower = 0; lower < counter; lower++) expect(zeroBits(challenge, lower)).toBeLessThan(difficultyBits);
    }),
    { numRuns: 30 },
  );
});

test("whether a counter answers is what another SHA-256 says", () => {
  fc.assert(
    fc.property(
      someChallenge,
      someBits,
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      (challenge, difficultyBits, counter) => {
        expect(isSolved({ challenge, difficultyBits }, counter)).toBe(zeroBits(challenge, counter) >= difficultyBits);
      },
    ),
  );
});

test.each([
  "",
  "abc",
  "abc.",
  ".1",
  "a.01",
  "a.-1",
  "a.1e3",
  "a.4294967296",
  `${"a".repeat(129)}.1`,
  "a b.1",
  "é.1",
  "a.1\n",
])("no header: %j", (header) => {
  expect(splitWork(header)).toBeNull();
});

test("the longest header, and dots within the challenge", () => {
  expect(splitWork("a.b.4294967295")).toEqual({ challenge: "a.b", counter: 2 ** 32 - 1 });
});

const asking = { code: "work.required", challenge: "a.b", difficultyBits: 3 };
const problemOf = (members: object): Response => Response.json(members, { status: 429 });

describe("a problem's challenge", () => {
  test("is read beside whatever else it has", () => {
    expect(challengeIn(JSON.stringify({ type: "x", ...asking }))).toEqual({ challenge: "a.b", difficultyBits: 3 });
  });

  test.each<object | null | string>([
    null,
    "text",
    { code: "limit.reached" },
    { ...asking, challenge: 7 },
    { ...asking, challenge: "a b" },
    { ...asking, challenge: "" },
    { ...asking, difficultyBits: 0 },
    { ...asking, difficultyBits: 1.5 },
    { ...asking, difficultyBits: "3" },
    { ...asking, difficultyBits: mostWorkBits + 1 },
  ])("is none: %j", (problem) => {
    expect(challengeIn(JSON.stringify(problem))).toBeNull();
    expect(challengeIn("{")).toBeNull();
  });
});

async function tries(answers: readonly Response[]): Promise<{ last: Response; sent: readonly (string | undefined)[] }> {
  const left = [...answers];
  const sent: (string | undefined)[] = [];
  const last = await askWithWork(async (headers) => {
    sent.push(headers[workHeader]);
    return left.shift()!;
  });
  return { last, sent };
}

describe("asking with work", () => {
  test("does none that nobody asks for, and gives every other answer back unread", async () => {
    for (const status of [200, 403, 503]) {
      const { last, sent } = await tries([new Response("words", { status })]);
      expect([last.status, await last.text(), sent]).toEqual([status, "words", [undefined]]);
    }
    const limited = await tries([problemOf({ code: "limit.reached" })]);
    expect([await limited.last.json(), limited.sent]).toEqual([{ code: "limit.reached" }, [undefined]]);
  });

  test("works for what was asked, again when more is asked, and three times at most", async () => {
    const second: WorkChallenge & { code: string } = { ...asking, challenge: "c", difficultyBits: 4 };
    const { last, sent } = await tries([problemOf(asking), problemOf(second), new Response("", { status: 201 })]);
    expect(last.status).toBe(201);
    expect(sent).toEqual([undefined, solveWork(asking), solveWork(second)]);
    const endless = await tries(Array.from({ length: 9 }, () => problemOf(asking)));
    expect([endless.last.status, endless.sent.length]).toEqual([429, 4]);
  });
});
