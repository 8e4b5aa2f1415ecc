import { describe, expect, test } from "vitest";
import type { Event } from "../../src/base/events.ts";
import { Fault } from "../../src/base/fault.ts";
import type { News } from "../../src/dialogue/settings.ts";
import { holdNews } from "../../src/intake/news.ts";
import { HandClock } from "../support/board.ts";

const newsOf = (word: string): News => ({ fr: [word, "deux", "trois"], en: [word, "two", "three"] });

function held(answers: readonly (News | null | Error)[]) {
  const clock = new HandClock();
  const events: Event[] = [];
  let asked = 0;
  const read = (): Promise<News | null> => {
    const answer = answers[asked++]!;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const news = holdNews({ read, clock, emit: (event) => void events.push(event) });
  const later = (): Promise<void> => {
    clock.advanceMs(60_000);
    return news.refresh();
  };
  return { news, later, events, clock, asked: () => asked };
}

describe("the news that are held for phones", () => {
  test("are none at first, then the latest, and the same object as long as the words are", async () => {
    const { news, later } = held([null, newsOf("un"), newsOf("un"), newsOf("autre")]);
    expect(news.current()).toBeNull();
    await later();
    expect(news.current()).toBeNull();
    await later();
    const first = news.current();
    expect(first).toEqual(newsOf("un"));
    await later();
    expect(news.current()).toBe(first);
    await later();
    expect(news.current()).toEqual(newsOf("autre"));
  });

  test("stay when the next cannot be had or do not verify; the operator hears it once, and when it ends", async () => {
    const { news, later, events } = held([
      newsOf("un"),
      new Fault("core.unavailable"),
      new Fault("core.unavailable"),
      new Fault("note.signature"),
      newsOf("un"),
    ]);
    for (let turn = 0; turn < 5; turn++) await later();
    expect(news.current()).toEqual(newsOf("un"));
    expect(events).toEqual([
      { event: "failed", part: "trends", code: "core.unavailable" },
      { event: "failed", part: "trends", code: "note.signature" },
      { event: "recovered", part: "trends" },
    ]);
  });

  test("an error of another kind is said as no more than that", async () => {
    const { later, events } = held([new Error("a line of the database")]);
    await later();
    expect(events).toEqual([{ event: "failed", part: "trends", code: "bug" }]);
  });

  test("are not asked for by every caller, and are when a clock was set back", async () => {
    const { news, later, clock, asked } = held([null, null, null]);
    await later();
    await news.refresh();
    expect(asked()).toBe(1);
    clock.advanceMs(-3_600_000);
    await news.refresh();
    expect(asked()).toBe(2);
  });
});
