import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CaseEventHash, DeskId, Door } from "../../src/base/brand.ts";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, dayOf, type UnixDay } from "../../src/base/clock.ts";
import type { CaseAct, Knowers } from "../../src/envelope/case-act.ts";
import { noEventBefore, withoutHistory } from "../../src/envelope/case-event.ts";
import { hashDoor, newDoor } from "../../src/envelope/door.ts";
import { bodiesOf, historiesOf } from "../../src/roster/case-history.ts";
import { readCase, type CaseProblemKind, type CaseRecord } from "../../src/roster/case.ts";
import type { RosterBody } from "../../src/roster/roster.ts";
import { HandClock, testBoard, testPerson, type TestPerson } from "../support/board.ts";
import { eventBy, hashOf } from "../support/cases.ts";

const clock = new HandClock();
const board = testBoard(clock);
const today = dayOf(clock.nowMs());
const rosters: readonly RosterBody[] = [board.body];
const person = (id: string): TestPerson => board.people.find((one) => one.id === id)!;
const door = newDoor(systemChance);
const desk = "all" as DeskId;
const of = { doorHash: hashDoor(door), desk };

type Said = readonly (readonly [string, CaseAct])[];

/** A chain of these acts, each by somebody. */
function chain(said: Said, previous: CaseEventHash = noEventBefore): Uint8Array[] {
  const bodies: Uint8Array[] = [];
  for (const [who, act] of said) {
    const before = bodies.at(-1);
    bodies.push(eventBy(person(who), door, act, before === undefined ? previous : hashOf(before), today));
  }
  return bodies;
}

function recordOf(bodies: readonly (Uint8Array | null)[], rest: Partial<CaseRecord> = {}): CaseRecord {
  const last = bodies.at(-1);
  const head = last === undefined || last === null || "head" in rest ? null : hashOf(last);
  return { bodies, first: 1, head, ...rest };
}

const folded = (bodies: readonly (Uint8Array | null)[], rest: Partial<CaseRecord> = {}) =>
  readCase(recordOf(bodies, rest), rosters, of);
const after = (...said: Said) => folded(chain(said));
const take = { kind: "take" } as const;
const note = { kind: "note", text: "vu" } as const;
const close = { kind: "close", outcome: "answered" } as const;
const passOn = { kind: "close", outcome: "passedOn" } as const;
const assess = (knowers: Knowers, named: boolean): CaseAct => ({ kind: "assess", exposure: { knowers, named } });
const kindsOf = (problems: readonly { problem: CaseProblemKind }[]) => problems.map(({ problem }) => problem);

describe("a case", () => {
  it("without events waits, and nothing is wrong with it", () => {
    expect(folded([])).toMatchObject({ state: "waiting", lead: null, timeline: [], problems: [] });
  });

  it.each<[string, Said, object]>([
    ["notes leave it waiting", [["r1", note]], { state: "waiting", lead: null }],
    ["taking opens it and leads it", [["r1", take]], { state: "open", lead: "r1" }],
    [
      "a second taker leads",
      [
        ["r1", take],
        ["r2", take],
      ],
      { state: "open", lead: "r2" },
    ],
    [
      "the leader hands over",
      [
        ["r1", take],
        ["r1", { kind: "handOver", to: "r2" }],
      ],
      { lead: "r2", problems: [] },
    ],
    [
      "nobody else hands over",
      [
        ["r1", take],
        ["r2", { kind: "handOver", to: "r2" }],
      ],
      { lead: "r1", problems: [{ seq: 2, problem: "order" }] },
    ],
    [
      "not to a stranger",
      [
        ["r1", take],
        ["r1", { kind: "handOver", to: "r9" }],
      ],
      { lead: "r1", problems: [{ seq: 2, problem: "order" }] },
    ],
    [
      "whoever steps aside leads no more",
      [
        ["r1", take],
        ["r1", { kind: "aside" }],
      ],
      { state: "open", lead: null, aside: ["r1"] },
    ],
    [
      "and does nothing any more",
      [
        ["r1", { kind: "aside" }],
        ["r1", take],
      ],
      { state: "waiting", problems: [{ seq: 2, problem: "order" }] },
    ],
    [
      "nor is it handed to them",
      [
        ["r2", { kind: "aside" }],
        ["r1", take],
        ["r1", { kind: "handOver", to: "r2" }],
      ],
      { lead: "r1", problems: [{ seq: 3, problem: "order" }] },
    ],
    [
      "an answer answers it",
      [
        ["r1", take],
        ["r1", { kind: "answer", text: "merci" }],
      ],
      { state: "answered" },
    ],
    [
      "a question does not",
      [
        ["r1", take],
        ["r1", { kind: "question", text: "où ?" }],
      ],
      { state: "open" },
    ],
    [
      "closing closes it",
      [
        ["r1", take],
        ["r1", close],
      ],
      { state: "closed", lead: "r1" },
    ],
    [
      "a closed case is not answered",
      [
        ["r1", close],
        ["r1", { kind: "answer", text: "x" }],
      ],
      { state: "closed", problems: [{ seq: 2, problem: "order" }] },
    ],
    [
      "nothing is passed on before somebody asked who could have known it",
      [["r1", passOn]],
      { state: "waiting", problems: [{ seq: 1, problem: "order" }] },
    ],
    [
      "nor under five possible sources",
      [
        ["r1", assess("few", false)],
        ["r2", passOn],
      ],
      { state: "waiting", exposure: { knowers: "few" }, problems: [{ seq: 2, problem: "order" }] },
    ],
    [
      "nor where the facts name the source, and the newest answer counts",
      [
        ["r1", assess("many", false)],
        ["r2", assess("many", true)],
        ["r1", passOn],
      ],
      { state: "waiting", problems: [{ seq: 3, problem: "order" }] },
    ],
    [
      "what five and more could have known is",
      [
        ["r1", assess("some", false)],
        ["r2", passOn],
      ],
      { state: "closed", problems: [] },
    ],
    [
      "it takes notes",
      [
        ["r1", close],
        ["r2", note],
      ],
      { state: "closed", problems: [] },
    ],
    [
      "a follow-up opens it again",
      [
        ["r1", close],
        ["r2", { kind: "reopen", text: "suite" }],
      ],
      { state: "open" },
    ],
    [
      "an open one is not opened",
      [
        ["r1", take],
        ["r2", { kind: "reopen", text: "x" }],
      ],
      { problems: [{ seq: 2, problem: "order" }] },
    ],
  ])("%s", (_what, said, expected) => {
    expect(after(...said)).toMatchObject(expected);
  });

  it("keeps the newest label and every link", () => {
    const label = { category: "DRG", place: "ML07", plausible: true, taxonomy: "1", geography: "1" };
    const doors = [hashDoor(newDoor(systemChance)), hashDoor(newDoor(systemChance))];
    const read = after(
      ["r1", { kind: "label", label }],
      ["r2", { kind: "label", label: { ...label, category: "ARM" } }],
      ["r1", { kind: "link", doors: [doors[0]!] }],
      ["r1", { kind: "link", doors: [doors[1]!] }],
    );
    expect(read).toMatchObject({ label: { category: "ARM" }, links: doors, problems: [] });
  });

  it("an SMS is answered with as many different approvals as the desk asks, of that very proposal", () => {
    const signature = new Uint8Array(64).fill(1);
    const propose: CaseAct = { kind: "propose", language: "fr", text: "merci", signature };
    const bodies = chain([
      ["r1", take],
      ["r1", propose],
    ]);
    const proposal = hashOf(bodies[1]!);
    const approve = (who: string, what = proposal, on = bodies): Uint8Array[] => [
      ...on,
      eventBy(person(who), door, { kind: "approve", proposal: what, signature }, hashOf(on.at(-1)!), today),
    ];
    expect(folded(bodies)).toMatchObject({
      state: "open",
      proposals: [{ text: "merci", approvals: [{ reviewer: "r1" }] }],
    });
    expect(folded(approve("r1"))).toMatchObject({ state: "open", problems: [{ problem: "order" }] });
    expect(folded(approve("r2", hashOf(bodies[0]!)))).toMatchObject({
      state: "open",
      problems: [{ problem: "order" }],
    });
    const answered = folded(approve("r2"));
    expect(answered).toMatchObject({ state: "answered", problems: [] });
    expect(answered.proposals[0]!.approvals.map(({ reviewer }) => reviewer)).toEqual(["r1", "r2"]);
  });
});

const anyAct = fc.oneof(
  fc.constantFrom<CaseAct>(take, { kind: "aside" }, { kind: "acknowledge" }, close),
  fc.constantFrom("r1", "r2", "r5").map((to): CaseAct => ({ kind: "handOver", to })),
  fc
    .tuple(fc.constantFrom("note", "question", "answer", "reopen"), fc.string({ minLength: 1, maxLength: 40 }))
    .map(([kind, text]) => ({ kind, text: text.toWellFormed() })),
);
const anySaid = (least: number) =>
  fc.array(fc.tuple(fc.constantFrom("r1", "r2", "r3"), anyAct), { minLength: least, maxLength: 8 });

describe("any case", () => {
  it("of valid events folds, and only their order is ever wrong", () => {
    fc.assert(
      fc.property(anySaid(0), (said) => {
        const read = after(...said);
        expect(read.timeline).toHaveLength(said.length);
        expect(kindsOf(read.problems).every((problem) => problem === "order")).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it("that was edited, cut, swapped or added to is named, wherever it was", () => {
    const foul = fc.constantFrom(
      "edit",
      "drop",
      "swap",
      "repeat",
      "otherCase",
      "otherKey",
      "officer",
      "stranger",
      "hide",
    );
    fc.assert(
      fc.property(anySaid(2), foul, fc.nat(), fc.nat(), (said, what, where, byte) => {
        const bodies: (Uint8Array | null)[] = chain(said);
        const head = hashOf(bodies.at(-1)!);
        const at = where % bodies.length;
        const before = at === 0 ? noEventBefore : hashOf(bodies[at - 1]!);
        const foreign = {
          otherCase: () => eventBy(person("r1"), newDoor(systemChance), note, before, today),
          otherKey: () => eventBy({ id: "r1", signing: person("r2").signing }, door, note, before, today),
          officer: () => eventBy(person("o1"), door, note, before, today),
          stranger: () => eventBy(testPerson("r9"), door, note, before, today),
        };
        if (what === "edit") {
          const bent = bodies[at]!.slice();
          bent[byte % bent.length]! ^= 1 << (byte % 8);
          bodies[at] = bent;
        } else if (what === "drop") bodies.splice(at, 1);
        else if (what === "swap")
          bodies.splice(
            at % (bodies.length - 1),
            2,
            bodies[(at % (bodies.length - 1)) + 1]!,
            bodies[at % (bodies.length - 1)]!,
          );
        else if (what === "repeat") bodies.splice(at, 0, bodies[at]!);
        else if (what === "hide") bodies[at] = null;
        else bodies.splice(at, 0, foreign[what]());
        const named = kindsOf(folded(bodies, { head }).problems).filter((problem) => problem !== "order");
        expect(named).not.toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("read by somebody who came later, through any number of histories, is the case the others read", () => {
    fc.assert(
      fc.property(
        fc.array(anySaid(1), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 900, max: 20_000 }),
        (parts, most) => {
          const bodies: Uint8Array[] = [];
          let opensFrom = 0;
          for (const [index, said] of parts.entries()) {
            bodies.push(...chain(said, bodies.length === 0 ? noEventBefore : hashOf(bodies.at(-1)!)));
            if (index === parts.length - 1 && index > 0) continue;
            opensFrom = bodies.length;
            for (const history of historiesOf(bodies, 1, most))
              bodies.push(eventBy(person("r4"), door, { kind: "history", history }, hashOf(bodies.at(-1)!), today));
          }
          const openedLate = bodies.map((body, index) => (index < opensFrom ? null : body));
          const late = folded(openedLate);
          const early = folded(bodies);
          expect(kindsOf(early.problems).every((problem) => problem === "order")).toBe(true);
          expect(late.problems).toEqual(early.problems);
          expect(late.timeline.map(({ seq, event }) => [seq, event.hash])).toEqual(
            early.timeline.map(({ seq, event }) => [seq, event.hash]),
          );
          expect([late.state, late.lead]).toEqual([early.state, early.lead]);
          // Whoever came later can hand the case on in their turn, the same to the byte.
          const handedOn = bodiesOf(openedLate).filter((body) => body !== null);
          expect(historiesOf(handedOn, 2, most)).toEqual(historiesOf(bodies, 2, most));
        },
      ),
      { numRuns: 25 },
    );
  });
});

const history = (events: readonly Uint8Array[], previous: Uint8Array, more = false, skip = 0): Uint8Array =>
  eventBy(
    person("r3"),
    door,
    { kind: "history", history: { serial: 1, skip, events: [...events], more } },
    hashOf(previous),
    today,
  );

describe("a history", () => {
  const said: Said = [
    ["r1", take],
    ["r2", note],
    ["r1", close],
  ];
  it("stands in for what does not open", () => {
    const bodies = chain(said);
    expect(folded([null, null, null, history(bodies, bodies[2]!)])).toMatchObject({
      state: "closed",
      lead: "r1",
      problems: [],
    });
  });

  it("that leaves one out, adds one, changes places or differs from what opens is named", () => {
    const bodies = chain(said);
    const [a, b, c] = bodies as [Uint8Array, Uint8Array, Uint8Array];
    const of3 = (events: readonly Uint8Array[], before: (Uint8Array | null)[] = [null, null, null]) =>
      kindsOf(folded([...before, history(events, c)]).problems);
    expect(of3([a, c])).toContain("chain");
    expect(of3([b, c])).toContain("chain");
    expect(of3([a, b])).toContain("unopenable");
    expect(of3([a, b, c, eventBy(person("r1"), door, note, hashOf(c), today)])).toContain("differs");
    expect(of3([b, a, c])).toContain("chain");
    const other = chain([
      ["r1", take],
      ["r2", { kind: "note", text: "autre" }],
      ["r1", close],
    ]);
    expect(of3(other, bodies)).toContain("differs");
    expect(of3([a, b, Uint8Array.of(1)])).toContain("malformed");
  });

  it("of which a part is missing tells nothing, and the next whole one does", () => {
    const bodies = chain(said);
    const part = history(bodies.slice(0, 2), bodies[2]!, true);
    expect(kindsOf(folded([null, null, null, part]).problems)).toContain("unopenable");
    const all = [...bodies, part];
    const whole = history(all.map(withoutHistory), part);
    expect(folded([null, null, null, part, whole]).problems).toEqual([]);
    const second = history(bodies.slice(2), part, false, 2);
    expect(folded([null, null, null, part, second]).problems).toEqual([]);
    const alone = history(bodies.slice(2), bodies[2]!, false, 2);
    expect(kindsOf(folded([null, null, null, alone]).problems)).toContain("unopenable");
  });

  it("is cut into parts that keep every event once, in order", () => {
    fc.assert(
      fc.property(anySaid(1), fc.integer({ min: 1, max: 5000 }), (words, most) => {
        const bodies = chain(words);
        const parts = historiesOf(bodies, 1, most);
        expect(parts.flatMap(({ events }) => events)).toEqual(bodies);
        expect(parts.map(({ more }) => more)).toEqual(parts.map((_, index) => index < parts.length - 1));
        for (const { events } of parts)
          if (events.length > 1) expect(events.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(most);
      }),
      { numRuns: 25 },
    );
  });
});

describe("what the server says", () => {
  it("a head that is not the last event's, none, and one without events are named", () => {
    const bodies = chain([
      ["r1", take],
      ["r1", note],
    ]);
    for (const head of [hashOf(bodies[0]!), null]) expect(kindsOf(folded(bodies, { head }).problems)).toEqual(["head"]);
    expect(kindsOf(folded([], { head: hashOf(bodies[0]!) }).problems)).toEqual(["head"]);
  });

  it("earlier events that are gone are said to be, and the rest is read", () => {
    const bodies = chain([
      ["r1", take],
      ["r1", close],
      ["r2", note],
    ]);
    const read = folded(bodies.slice(2), { first: 3 });
    expect(read.problems).toEqual([{ seq: 3, problem: "begins" }]);
    expect(read.timeline).toMatchObject([{ seq: 3, event: { act: note } }]);
  });
});

const withReviewer = (id: string, change: object): RosterBody => ({
  ...board.body,
  reviewers: board.body.reviewers.map((one) => (one.id === id ? { ...one, ...change } : one)),
});

const problemsOf = (
  roster: readonly RosterBody[],
  day: UnixDay = today,
  at: DeskId = desk,
  by: string = "r1",
  where: Door = door,
) => {
  const body = eventBy(person(by), where, take, noEventBefore, day);
  return kindsOf(readCase(recordOf([body]), roster, { doorHash: hashDoor(where), desk: at }).problems);
};

describe("an author", () => {
  it("signs in their days of service, for their desk, and in a former roster too", () => {
    expect(problemsOf([board.body])).toEqual([]);
    expect(problemsOf([board.body], addDays(today, -2))).toEqual(["author"]);
    expect(problemsOf([withReviewer("r1", { until: addDays(today, -1) })])).toEqual(["author"]);
    expect(problemsOf([withReviewer("r1", { until: today })])).toEqual([]);
    expect(problemsOf([board.body], today, "gao" as DeskId)).toEqual(["author"]);
    expect(problemsOf([board.body], today, "gao" as DeskId, "r4")).toEqual([]);
    expect(problemsOf([board.body], today, "none" as DeskId)).toEqual(["author"]);
    const left = { ...board.body, reviewers: board.body.reviewers.filter(({ id }) => id !== "r1") };
    expect(problemsOf([left])).toEqual(["author"]);
    expect(problemsOf([left, board.body])).toEqual([]);
    expect(problemsOf([])).toEqual(["author"]);
  });

  it("under another key has not signed", () => {
    expect(problemsOf([withReviewer("r1", { verifier: person("r2").verifier })])).toEqual(["signature"]);
    expect(problemsOf([withReviewer("r1", { verifier: person("r2").verifier }), board.body])).toEqual([]);
  });
});
