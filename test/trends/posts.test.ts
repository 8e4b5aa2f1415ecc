import { describe, expect, test } from "vitest";
import { concat } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { sign } from "../../src/envelope/sign.ts";
import { encodeLabels, labelsMessage, type LabelsAuthor } from "../../src/trends/labels.ts";
import { readPosts } from "../../src/trends/posts.ts";
import { parsePeriod } from "../../src/trends/period.ts";
import type { LabelItem } from "../../src/trends/row.ts";
import { testPerson, type TestPerson } from "../support/board.ts";
import { hashOf, instance, testItems, testPlan } from "../support/releases.ts";
import { malianKeySpace } from "../support/trends.ts";

const plan = testPlan();
const [r1, r2] = ["r1", "r2"].map(testPerson) as [TestPerson, TestPerson];
const keysOf = (author: string): readonly Uint8Array[] =>
  [r1, r2].filter(({ id }) => id === author).map(({ verifier }) => verifier.publicKey);
const items = testItems(plan.period);

function postsOf(own: readonly LabelItem[], by: TestPerson, rest: Partial<LabelsAuthor> = {}): readonly Uint8Array[] {
  const author: LabelsAuthor = {
    instance,
    period: plan.period,
    author: by.id,
    taxonomy: malianKeySpace.taxonomy.version,
    geography: malianKeySpace.geography.version,
    ...rest,
  };
  return encodeLabels(own, author, systemChance).map((body) => concat(body, sign(by.signing, labelsMessage(body))));
}

const sorted = (list: readonly LabelItem[]): readonly string[] => list.map((one) => JSON.stringify(one)).toSorted();

describe("the posts of a period, as officers read them", () => {
  test("give every item of every reviewer, and no dummy", () => {
    const {
      items: read,
      gaps,
      refused,
    } = readPosts([...postsOf(items.slice(0, 60), r1), ...postsOf(items.slice(60), r2)], plan, keysOf);
    expect(sorted(read)).toEqual(sorted(items));
    expect([gaps, refused]).toEqual([[], []]);
  });

  test("are counted only if a reviewer signed them for this period, instance and key-space", () => {
    const [good] = postsOf(items, r1) as [Uint8Array];
    const edited = Uint8Array.from(good);
    edited[edited.length - 1]! ^= 1;
    const bodies = [
      null,
      good.slice(1),
      edited,
      ...postsOf(items, testPerson("r3")),
      ...postsOf(items, testPerson("r1")),
      ...postsOf(items, r2, { author: "r1" }),
      ...postsOf(items, r1, { period: parsePeriod("2027-Q2")! }),
      ...postsOf(items, r1, { instance: "other-line" }),
      ...postsOf(items, r1, { taxonomy: "2025-1" }),
      ...postsOf(items, r1, { geography: "ISO-3166-2" }),
    ];
    const { items: read, refused } = readPosts(bodies, plan, keysOf);
    expect(read).toEqual([]);
    expect(refused.map(({ why }) => why)).toEqual([
      "malformed",
      "malformed",
      "author",
      "author",
      "author",
      "author",
      "period",
      "period",
      "version",
      "version",
    ]);
    expect(refused.map(({ index }) => index)).toEqual([...bodies.keys()]);
  });

  test("of which a part was dropped: the officers are told whose", () => {
    const many = Array.from({ length: 4000 }, (_, index) => ({ ...items[0]!, unit: hashOf(`${index}`).slice(0, 16) }));
    const parts = postsOf(many, r1);
    expect(parts.length).toBeGreaterThan(1);
    expect(readPosts(parts, plan, keysOf).gaps).toEqual([]);
    expect(readPosts([...parts.slice(1), ...postsOf([], r2)], plan, keysOf).gaps).toEqual([
      { author: "r1", gap: "part" },
    ]);
  });

  test("a post that came twice changes no count, and nothing at all is nothing", () => {
    const [post] = postsOf(items, r1) as [Uint8Array];
    expect(readPosts([post, post], plan, keysOf).gaps).toEqual([]);
    expect(readPosts([], plan, keysOf)).toEqual({ items: [], gaps: [], refused: [] });
  });
});
