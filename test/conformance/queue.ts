import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { dayOf, systemClock } from "../../src/base/clock.ts";
import type { Plain } from "../../src/base/brand.ts";
import type { Event } from "../../src/base/events.ts";
import { Fault, type FaultCode } from "../../src/base/fault.ts";
import type { QueueSettings } from "../../src/queue/backend.ts";
import { jobKinds, type Queues } from "../../src/queue/queue.ts";
import type { Start } from "../support/queue-process.ts";

/** One backend under test. */
export interface Bench {
  open(settings: QueueSettings): Promise<Queues>;
  /** Over a line that `cut` breaks and `mend` restores. */
  openOverLine(settings: QueueSettings): Promise<Queues>;
  cut(): void;
  mend(): void;
  /** Puts a job into a queue past `Queues`, as an intruder or an older version would. */
  addForeign(kind: string, data: unknown): Promise<void>;
  /** What a process of its own needs to reach the same queues. */
  start(lock_ms: number): Promise<Start>;
  /** Removes every job, scheduler and dead letter. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

const patience = { timeout: 30_000, interval: 20 };
const newId = (): string => hex(systemChance.bytes(16));
const child = fileURLToPath(new URL("../support/queue-process.ts", import.meta.url));

function recorder(queues: Queues, fail: (time: number) => Error | null = () => null): (string | null)[] {
  const taken: (string | null)[] = [];
  queues.work("triage", async (id) => {
    taken.push(id);
    const error = fail(taken.length);
    if (error !== null) throw error;
  });
  return taken;
}
/** Its jobs go on until `end`. */
function recorderUntil(queues: Queues, end: Promise<void>): (string | null)[] {
  const begun: (string | null)[] = [];
  queues.work("triage", async (id) => {
    begun.push(id);
    await end;
  });
  return begun;
}
const settled = (queues: Queues): Promise<void> =>
  expect.poll(async () => await queues.unfinished("triage"), patience).toBe(0);

/** The promises of `Queues`, kept by every backend. */
export function queueConformance(name: string, openBench: () => Promise<Bench>): void {
  describe(`${name} keeps the promises of Queues`, () => {
    let bench: Bench;
    const opened = new Set<Queues>();
    let events: Event[] = [];

    const settings = (): QueueSettings => ({
      chance: systemChance,
      emit: (event) => events.push(event),
      backoff_ms: 1,
    });
    async function open(more: Partial<QueueSettings> = {}): Promise<Queues> {
      const queues = await bench.open({ ...settings(), ...more });
      opened.add(queues);
      return queues;
    }
    beforeAll(async () => {
      bench = await openBench();
    });
    afterEach(async () => {
      bench.mend();
      await Promise.all([...opened].map((queues) => queues.close()));
      opened.clear();
      events = [];
      await bench.clear();
    });
    afterAll(async () => {
      await bench.stop();
    });

    test("a job reaches its handler with its id, or with null, and is gone", async () => {
      const queues = await open();
      const taken = recorder(queues);
      const id = newId();
      await queues.add("triage", id);
      await queues.add("triage", null);
      await expect.poll(() => taken, patience).toEqual([id, null]);
      await settled(queues);
      expect(await queues.deadLetters("triage").list()).toEqual([]);
      expect(events).toEqual([]);
    });

    test("many are added in order; none of them when one is not an id", async () => {
      const queues = await open();
      const ids = Array.from({ length: 50 }, newId);
      await expect(queues.addMany("triage", [...ids, "+22370000001"])).rejects.toThrow(new Fault("bug"));
      expect(await queues.unfinished("triage")).toBe(0);
      await queues.addMany("triage", []);
      await queues.addMany("triage", ids);
      const taken = recorder(queues);
      await expect.poll(() => taken.length, patience).toBe(50);
      expect(taken).toEqual(ids);
    });

    test.each(["", "+22370000001", "Fanta", newId().toUpperCase(), `${newId()}0`])(
      "what is not an id is refused: %s",
      async (text) => {
        const queues = await open();
        await expect(queues.add("triage", text)).rejects.toThrow(new Fault("bug"));
        await expect(queues.add("triage", null, { dedupe: `${text} ` })).rejects.toThrow(new Fault("bug"));
        // @ts-expect-error plaintext does not fit into a job.
        await expect(queues.add("triage", new Uint8Array(1) as Plain)).rejects.toThrow(new Fault("bug"));
        expect(await queues.unfinished("triage")).toBe(0);
      },
    );

    test("a kind's jobs reach that kind's handler only", async () => {
      const queues = await open();
      const taken = new Set<string>();
      for (const kind of jobKinds) queues.work(kind, async () => void taken.add(kind));
      await queues.add("sweep", null);
      await expect.poll(async () => await queues.unfinished("sweep"), patience).toBe(0);
      expect([...taken]).toEqual(["sweep"]);
    });

    test("a delayed job lets the next one pass", async () => {
      const queues = await open();
      const [late, soon] = [newId(), newId()];
      // Longer than a busy machine takes to add the next one and to begin.
      await queues.add("triage", late, { delay_ms: 2_000 });
      await queues.add("triage", soon);
      const taken = recorder(queues);
      await expect.poll(() => taken, patience).toEqual([soon, late]);
    });

    test("a job is not added beside an unfinished one of the same key", async () => {
      const queues = await open();
      const [first, second, third] = [newId(), newId(), newId()];
      await queues.add("triage", first, { dedupe: "key" });
      await queues.add("triage", second, { dedupe: "key" });
      const taken = recorder(queues);
      await settled(queues);
      await queues.add("triage", third, { dedupe: "key" });
      await expect.poll(() => taken, patience).toEqual([first, third]);
    });

    test("a fault that time may mend has the job tried again", async () => {
      const queues = await open();
      const taken = recorder(queues, (time) => (time < 3 ? new Fault("store.unavailable") : null));
      const id = newId();
      await queues.add("triage", id);
      await expect.poll(() => taken, patience).toEqual([id, id, id]);
      await settled(queues);
      expect(await queues.deadLetters("triage").list()).toEqual([]);
      expect(events).toEqual([]);
    });

    test("any other fault makes a dead letter, which can be tried again or forgotten", async () => {
      const queues = await open();
      const taken = recorder(queues, (time) => (time < 3 ? new Fault("report.malformed") : null));
      const letters = queues.deadLetters("triage");
      const [first, second] = [newId(), newId()];
      await queues.addMany("triage", [first, second]);
      await expect.poll(async () => (await letters.list()).map(({ id }) => id), patience).toEqual([first, second]);
      const [one, two] = await letters.list();
      expect(one!.code).toBe("report.malformed");
      expect([first, second]).not.toContain(one!.job);
      expect(events).toEqual(Array.from({ length: 2 }, () => failed("triage", "report.malformed")));

      expect(await letters.discard(one!.job)).toBe(true);
      expect(await letters.retry(two!.job)).toBe(true);
      await expect.poll(() => taken, patience).toEqual([first, second, second]);
      await expect.poll(async () => await letters.list(), patience).toEqual([]);
      expect(await letters.retry(two!.job)).toBe(false);
      expect(await letters.discard(newId())).toBe(false);
    });

    test("a job that fails for ever is given up, and only the code of its fault is kept", async () => {
      const queues = await open();
      const taken = recorder(queues, () => new TypeError("Fanta of +22370000001 said"));
      const id = newId();
      const before = dayOf(systemClock.nowMs());
      await queues.add("triage", id);
      const letters = queues.deadLetters("triage");
      await expect.poll(async () => (await letters.list()).length, patience).toBe(1);
      const [letter] = await letters.list();
      expect(letter).toEqual({ job: expect.stringMatching(/^[0-9a-f]{32}$/), id, code: "bug", day: letter!.day });
      // The day may end meanwhile.
      expect([before, dayOf(systemClock.nowMs())]).toContain(letter!.day);
      expect(taken.length).toBe(13);
      expect(events).toEqual([failed("triage", "bug")]);
    });

    test.each([
      { v: 1, kind: "triage", id: "+22370000001" },
      { v: 1, kind: "triage", id: newId(), text: "Fanta said" },
      { v: 2, kind: "triage", id: newId() },
      { v: 1, kind: "mix", id: null },
      { v: 1, kind: "triage" },
      "Fanta said",
    ])("a payload that is not ours never reaches a handler: %j", async (data) => {
      const queues = await open();
      const taken = recorder(queues);
      await bench.addForeign("triage", data);
      const letters = queues.deadLetters("triage");
      await expect.poll(async () => (await letters.list()).map(({ code }) => code), patience).toEqual(["bug"]);
      expect(taken).toEqual([]);
      expect(JSON.stringify(await letters.list())).not.toMatch(/Fanta|2237/);
    });

    test("ticks come once for all processes", async () => {
      const processes = [await open(), await open()];
      let ticks = 0;
      for (const queues of processes) {
        queues.work("mix", async (id) => {
          expect(id).toBeNull();
          ticks += 1;
        });
        await queues.every("mix", 100);
        await queues.every("mix", 100);
      }
      await expect.poll(() => ticks, patience).toBeGreaterThan(5);
      expect(await processes[0]!.unfinished("mix")).toBeLessThanOrEqual(2);
    });

    test("many processes may ask for the same ticks at once, while they are taken", async () => {
      const processes = await Promise.all(Array.from({ length: 4 }, () => open()));
      let ticks = 0;
      processes[0]!.work("mix", async () => {
        ticks += 1;
      });
      const asking = processes.map(async (queues) => {
        for (let asked = 0; asked < 25; asked++) await queues.every("mix", 50);
      });
      await Promise.all(asking);
      const before = ticks;
      await expect.poll(() => ticks, patience).toBeGreaterThan(before + 2);
      expect(events.filter(({ event }) => event === "failed")).toEqual([]);
    });

    test("a tick that fails is no dead letter, and the next one comes", async () => {
      const queues = await open();
      let ticks = 0;
      queues.work("mix", async () => {
        ticks += 1;
        throw new Fault("store.unavailable");
      });
      await queues.every("mix", 50);
      await expect.poll(() => ticks, patience).toBeGreaterThan(3);
      expect(await queues.deadLetters("mix").list()).toEqual([]);
      expect(events[0]).toEqual(failed("mix", "store.unavailable"));
    });

    test("close waits for the handlers that run, and leaves the rest to others", async () => {
      const queues = await open();
      const release = Promise.withResolvers<void>();
      const taken: (string | null)[] = [];
      let ended = 0;
      queues.work("triage", async (id) => {
        taken.push(id);
        await release.promise;
        ended += 1;
      });
      const ids = [newId(), newId()];
      await queues.addMany("triage", ids);
      await expect.poll(() => taken, patience).toEqual([ids[0]]);
      const closed = queues.close().then(() => ended);
      release.resolve();
      expect(await closed).toBe(1);
      expect(await (await open()).unfinished("triage")).toBe(1);
    });

    test("a worker more than was provided for is refused", async () => {
      const queues = await open({ maxWorkers: 1 });
      const worker = queues.work("triage", async () => undefined);
      expect(() => queues.work("mix", async () => undefined)).toThrow(new Fault("bug"));
      await worker.close();
      queues.work("mix", async () => undefined);
    });

    test("a job whose process was killed is given to another, and neither process said a word", async () => {
      const queues = await open({ lock_ms: 1_000 });
      const id = newId();
      await queues.add("triage", id);
      const other = fork(child, { stdio: ["ignore", "pipe", "pipe", "ipc"] });
      onTestFinished(() => void other.kill("SIGKILL"));
      let said = "";
      for (const stream of [other.stdout!, other.stderr!]) stream.on("data", (data) => (said += String(data)));
      other.send(await bench.start(1_000));
      expect(await once(other, "message")).toContain(id);
      other.kill("SIGKILL");
      await once(other, "exit");
      const taken = recorder(queues);
      await expect.poll(() => taken, patience).toEqual([id]);
      expect(said).toBe("");
    });

    test("events are swept, and the number tells how many there were", async () => {
      const queues = await open();
      const taken = recorder(queues);
      await queues.addMany("triage", [newId(), newId()]);
      await expect.poll(() => taken.length, patience).toBe(2);
      await settled(queues);
      expect(await queues.sweepEvents()).toBeGreaterThan(0);
      expect(await queues.sweepEvents()).toBe(0);
    });

    test("an outage is one event, a refusal without words, and over when it is over", async () => {
      const queues = await bench.openOverLine(settings());
      opened.add(queues);
      const taken = recorder(queues);
      expect(await queues.ready()).toBe(true);
      bench.cut();
      expect(await queues.ready()).toBe(false);
      const refusal: unknown = await queues.add("triage", newId()).catch((thrown: unknown) => thrown);
      expect(refusal).toEqual(new Fault("queue.unavailable"));
      expect((refusal as Fault).cause).toBeUndefined();
      bench.mend();
      await expect.poll(async () => await queues.ready(), patience).toBe(true);
      const id = newId();
      await queues.add("triage", id);
      await expect.poll(() => taken, patience).toEqual([id]);
      expect(events).toContainEqual({ event: "recovered", part: "queue" });
      expect(events[0]).toEqual(failed("queue", "queue.unavailable"));
    });

    test("a worker started while the backend is away takes jobs once it is back", async () => {
      const queues = await bench.openOverLine(settings());
      opened.add(queues);
      bench.cut();
      const taken = recorder(queues);
      expect(await queues.ready()).toBe(false);
      bench.mend();
      await expect.poll(async () => await queues.ready(), patience).toBe(true);
      const id = newId();
      await queues.add("triage", id);
      await expect.poll(() => taken, patience).toEqual([id]);
    });

    test("a process stops while the backend is away, and what it did not end is given to another", async () => {
      const leaving = await bench.openOverLine({ ...settings(), lock_ms: 1_000 });
      opened.add(leaving);
      const away = Promise.withResolvers<void>();
      const begun = recorderUntil(leaving, away.promise);
      const id = newId();
      await leaving.add("triage", id);
      await expect.poll(() => begun, patience).toEqual([id]);
      bench.cut();
      away.resolve();
      await leaving.close();
      bench.mend();
      const taken = recorder(await open({ lock_ms: 1_000 }));
      await expect.poll(() => taken, patience).toEqual([id]);
    });
  });
}

function failed(part: "triage" | "mix" | "queue", code: FaultCode): Event {
  return { event: "failed", part, code };
}
