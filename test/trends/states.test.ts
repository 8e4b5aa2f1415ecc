import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "../../src/base/fault.ts";
import {
  advance,
  awaited,
  planned,
  releaseStates,
  stateAt,
  type Progress,
  type ReleaseStep,
} from "../../src/trends/states.ts";
import { at, testPlan } from "../support/releases.ts";

const start = planned(testPlan());
const a = "officer-a";
const b = "officer-b";
const whole: readonly ReleaseStep[] = [
  { step: "commit", officer: b },
  { step: "commit", officer: a },
  { step: "claim" },
  { step: "reveal", officer: a },
  { step: "reveal", officer: b },
  { step: "draw" },
  { step: "cosign" },
];
const before = at("2027-05-03T07:59:59Z");
const after = at("2027-05-03T08:00:00Z");
const fold = (steps: readonly ReleaseStep[], from = start): Progress => steps.reduce(advance, from);
const rank = (progress: Progress, nowMs: number): number =>
  releaseStates.indexOf(stateAt(progress, nowMs as typeof after));

describe("the states of a release", () => {
  test("follow one another, and time alone publishes", () => {
    const states = whole.map((_step, index) => stateAt(fold(whole.slice(0, index + 1)), after));
    expect(states).toEqual(["planned", "committed", "claimed", "claimed", "revealed", "drawn", "published"]);
    expect(stateAt(fold(whole), before)).toBe("cosigned");
    expect(stateAt(start, after)).toBe("planned");
  });

  test("wait for both officers", () => {
    expect(awaited(start)).toEqual([a, b]);
    expect(awaited(fold(whole.slice(0, 1)))).toEqual([a]);
    expect(awaited(fold(whole.slice(0, 2)))).toEqual([]);
    expect(awaited(fold(whole.slice(0, 4)))).toEqual([b]);
    expect(awaited(fold(whole))).toEqual([]);
  });

  test("no step comes before its turn, and nobody else takes one", () => {
    for (const step of whole.slice(2)) expect(() => advance(start, step)).toThrow("release.order");
    expect(() => fold([{ step: "draw" }], fold(whole.slice(0, 4)))).toThrow("release.order");
    expect(() => advance(start, { step: "commit", officer: "officer-c" })).toThrow("release.officers");
    const claimed = fold(whole.slice(0, 3));
    expect(() => advance(claimed, { step: "reveal", officer: "officer-c" })).toThrow("release.officers");
  });

  test("a step that comes again changes nothing: a crash resumes the same draw", () => {
    for (let done = 1; done <= whole.length; done++) {
      const progress = fold(whole.slice(0, done));
      for (const step of whole.slice(0, done)) expect(advance(progress, step)).toEqual(progress);
    }
  });

  test("never go back, whatever steps come in whatever order and at whatever time", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...whole), fc.nat(1))), (steps) => {
        let progress = start;
        let nowMs: number = before;
        let reached = rank(progress, nowMs);
        for (const [step, later] of steps) {
          progress = tried(progress, step);
          nowMs += later * 1000;
          expect(rank(progress, nowMs)).toBeGreaterThanOrEqual(reached);
          reached = rank(progress, nowMs);
        }
      }),
    );
  });
});

function tried(progress: Progress, step: ReleaseStep): Progress {
  try {
    return advance(progress, step);
  } catch (error) {
    expect(error).toBeInstanceOf(Fault);
    return progress;
  }
}
