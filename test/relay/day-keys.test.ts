import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, type UnixDay } from "../../src/base/clock.ts";
import { openVault } from "../../src/config/vault.ts";
import { capsuleDays, sealCapsule } from "../../src/envelope/capsule.ts";
import type { Identity } from "../../src/envelope/recipient.ts";
import { daysAhead, destroyPastDayKeys, openDayKeys, type DayKeys } from "../../src/relay/day-keys.ts";
import { openWithAny } from "../../src/relay/open.ts";

const today = 20_783 as UnixDay;
const asked = { gateway: "africastalking", number: "+22370000001" as E164 } as const;
let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "gundo-keys-"));
});
afterEach(() => rm(home, { recursive: true }));

const keysAgain = (): DayKeys => openDayKeys(openVault(home), systemChance);
const filed = async (): Promise<readonly string[]> =>
  (await readdir(join(home, "secrets"))).filter((name) => name.startsWith("relay-day-")).toSorted();

test("keys are made for today and the days ahead, for their owner alone, and a restart finds the same", async () => {
  const days = keysAgain().turn(today);
  expect(days.map(({ day }) => day)).toEqual([today, today + 1, today + daysAhead]);
  expect(keysAgain().turn(today)).toEqual(days);
  for (const name of await filed()) {
    const { mode, size } = await stat(join(home, "secrets", name));
    expect([mode & 0o777, size]).toEqual([0o600, 32]);
  }
  expect(keysAgain().turn(addDays(today, 1)).slice(0, 2)).toEqual(days.slice(1));
});

test("a capsule opens until its last day, and then never again", () => {
  const keys = keysAgain();
  const [first] = keys.turn(today);
  const capsule = sealCapsule(asked, today, first!.recipient, systemChance);
  const lastDay = addDays(today, capsuleDays);
  keys.turn(lastDay);
  expect(openWithAny(capsule, keys.live(lastDay))).not.toBeNull();
  // Even before anything is destroyed, a key that is over is not given out.
  expect(openWithAny(capsule, keys.live(addDays(lastDay, 1)))).toBeNull();
  keys.turn(addDays(lastDay, 1));
  expect(openWithAny(capsule, keys.live(today))).toBeNull();
  expect(keys.live(addDays(lastDay, 1)).map(({ day }) => day)).not.toContain(today);
});

test("the key of a destroyed day is never made anew, though the clock go back", async () => {
  const keys = keysAgain();
  keys.turn(today);
  const later = addDays(today, capsuleDays + daysAhead + 1);
  keys.turn(later);
  expect(await filed()).toEqual([later, later + 1, later + 2].map((day) => `relay-day-${day}`));
  expect(() => keysAgain().turn(today)).toThrow("relay.clock");
  expect(await filed()).toHaveLength(3);
});

test("where nothing is answered any more, keys are destroyed on time all the same; no other secret is touched", async () => {
  keysAgain().turn(today);
  const vault = openVault(home);
  vault.write("relay-key", systemChance.bytes(32));
  destroyPastDayKeys(vault, addDays(today, capsuleDays));
  expect(await filed()).toHaveLength(3);
  destroyPastDayKeys(vault, addDays(today, capsuleDays + 1));
  expect(await filed()).toHaveLength(2);
  destroyPastDayKeys(vault, addDays(today, 1000));
  expect(await filed()).toEqual([]);
  expect(vault.read("relay-key")).not.toBeNull();
});

test("a key that lies there before it was counted, as a crash leaves it, is kept", async () => {
  const seed = systemChance.bytes(32);
  openVault(home);
  await writeFile(join(home, "secrets", `relay-day-${today}`), seed);
  keysAgain().turn(today);
  expect(openVault(home).read(`relay-day-${today}`)).toEqual(seed);
});

test("the door takes a day's key and no other identity", () => {
  const identity = null as unknown as Identity;
  // @ts-expect-error an identity of anybody else's is no day key
  const misuse = (): unknown => openWithAny(new Uint8Array(0) as never, [identity]);
  expect(misuse).toThrow();
});
