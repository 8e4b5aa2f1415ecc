import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { CaseEventHash, DeskId } from "../../src/base/brand.ts";
import { base64url, hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { dayOf } from "../../src/base/clock.ts";
import { openCaseMemory as inFile } from "../../src/cli/case/memory.ts";
import { openCaseMemory as inSession } from "../../src/console/case/memory.ts";
import type { CaseAct } from "../../src/envelope/case-act.ts";
import { noEventBefore } from "../../src/envelope/case-event.ts";
import { hashDoor, newDoor } from "../../src/envelope/door.ts";
import { remembering, type CaseMemory } from "../../src/roster/case-memory.ts";
import type { ReadCase } from "../../src/roster/case-write.ts";
import { readCase } from "../../src/roster/case.ts";
import { HandClock, testBoard, type TestPerson } from "../support/board.ts";
import { eventBy, hashOf } from "../support/cases.ts";

const clock = new HandClock();
const board = testBoard(clock);
const today = dayOf(clock.nowMs());
const person = (id: string): TestPerson => board.people.find((one) => one.id === id)!;
const door = newDoor(systemChance);
const of = { doorHash: hashDoor(door), desk: "all" as DeskId };

type Said = readonly (readonly [string, CaseAct])[];
const take = ["r1", { kind: "take" }] as const;
const note = (text: string) => ["r1", { kind: "note", text }] as const;
const close = ["r1", { kind: "close", outcome: "answered" }] as const;
const aside = ["r2", { kind: "aside" }] as const;

function chain(said: Said, from: readonly Uint8Array[] = []): readonly Uint8Array[] {
  const bodies = [...from];
  for (const [who, act] of said) {
    const before = bodies.at(-1);
    bodies.push(eventBy(person(who), door, act, before === undefined ? noEventBefore : hashOf(before), today));
  }
  return bodies;
}

function shown(bodies: readonly Uint8Array[], head: CaseEventHash | null = lastOf(bodies)): ReadCase {
  const record = { bodies, first: 1, head };
  return { record, rosters: [board.body], known: readCase(record, [board.body], of) };
}

const lastOf = (bodies: readonly Uint8Array[]): CaseEventHash | null =>
  bodies.length === 0 ? null : hashOf(bodies.at(-1)!);
const path = join(mkdtempSync(join(tmpdir(), "gundo-test-")), "r2.age.cases");

describe.each<[string, () => CaseMemory]>([
  ["in one session of the console", inSession],
  ["beside an identity file", () => inFile(path, person("r2"))],
])("%s", (_, open) => {
  let memory: CaseMemory;
  const problems = (read: ReadCase): readonly string[] =>
    remembering(memory, door, "r2", read).known.problems.map(({ problem }) => problem);
  beforeEach(() => {
    writeFileSync(path, "[]");
    memory = open();
  });

  test("what grows is as it should be; what was seen and is gone is named until it is back", () => {
    const two = chain([take, note("vu")]);
    const four = chain([note("revu"), note("encore")], two);
    expect([problems(shown([])), problems(shown(two)), problems(shown(four))]).toEqual([[], [], []]);
    for (const less of [two, four.slice(0, 3), []]) expect(problems(shown(less))).toEqual(["rolledBack"]);
    // Another history of the same length, each event of it signed.
    expect(problems(shown(chain([note("autre"), note("encore")], two)))).toEqual(["rolledBack"]);
    expect(problems(shown(four))).toEqual([]);
    expect(problems(shown(chain([note("après")], four)))).toEqual([]);
  });

  test("a case that ended may go: closed, or stepped aside from", () => {
    for (const last of [close, aside]) {
      memory = open();
      writeFileSync(path, "[]");
      const ended = chain([take, last]);
      expect([problems(shown(ended)), problems(shown([]))]).toEqual([[], []]);
      // But not go back.
      expect(problems(shown(ended.slice(0, 1)))).toEqual(["rolledBack"]);
    }
  });

  test("what was fetched while something was posted lacks it, and is no going back; it is not forgotten either", () => {
    const one = chain([take]);
    const two = chain([note("vu")], one);
    expect(problems(shown(one))).toEqual([]);
    const asked = memory.recall(door);
    expect(problems(shown(two))).toEqual([]);
    expect(remembering(memory, door, "r2", shown(one), asked).known.problems).toEqual([]);
    expect(problems(shown(one))).toEqual(["rolledBack"]);
  });

  test("what is wrong is not remembered as if it were right", () => {
    const three = chain([take, note("vu"), note("revu")]);
    const cut = shown(three.slice(0, 2), hashOf(three[2]!));
    expect(problems(cut)).toEqual(["head"]);
    expect(problems(shown(chain([take])))).toEqual([]);
  });
});

test("the file names neither door nor event, another reviewer's marks differ, and one that is damaged costs no alarm", () => {
  const memory = inFile(path, person("r2"));
  const bodies = chain([take]);
  remembering(memory, door, "r2", shown(bodies));
  const kept = readFileSync(path, "utf8");
  const secrets = [door, of.doorHash, hashOf(bodies[0]!)];
  for (const secret of secrets) for (const text of [hex(secret), base64url(secret)]) expect(kept).not.toContain(text);
  const head = hashOf(bodies[0]!);
  expect(inFile(path, person("r1")).markOf(door, head)).not.toBe(memory.markOf(door, head));
  expect(inFile(path, person("r1")).recall(door)).toBeNull();
  writeFileSync(path, kept.slice(1));
  expect(remembering(memory, door, "r2", shown([])).known.problems).toEqual([]);
});
