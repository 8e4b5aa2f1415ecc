import fc from "fast-check";
import { expect, test } from "vitest";
import { systemChance } from "../../src/base/chance.ts";
import type { UnixMs } from "../../src/base/clock.ts";
import { Secret } from "../../src/base/secret.ts";
import { challengeEnd, challengeKeyFrom, newChallenge } from "../../src/gate/challenge.ts";

const key = challengeKeyFrom(new Secret(systemChance.bytes(32)));
const challenged = { instance: "test-line", reviewer: "r1" };
const now = 1_795_689_000_000 as UnixMs;
const later = (ms: number) => (now + ms) as UnixMs;
const nonce = newChallenge(key, challenged, now, systemChance);

test("a nonce is good for two minutes, and every one is another", () => {
  expect(nonce).toHaveLength(32);
  expect(challengeEnd(key, challenged, nonce, now)).toBe(later(120_000));
  expect(challengeEnd(key, challenged, nonce, later(119_999))).toBe(later(120_000));
  expect(challengeEnd(key, challenged, nonce, later(120_000))).toBeNull();
  const many = Array.from({ length: 1000 }, () => newChallenge(key, challenged, now, systemChance).join());
  expect(new Set(many).size).toBe(1000);
});

test("for another reviewer, another instance or under another key it is none", () => {
  expect(challengeEnd(key, { ...challenged, reviewer: "r2" }, nonce, now)).toBeNull();
  expect(challengeEnd(key, { ...challenged, instance: "other-line" }, nonce, now)).toBeNull();
  expect(challengeEnd(key, { instance: "test-line\nr1", reviewer: "" }, nonce, now)).toBeNull();
  const other = challengeKeyFrom(new Secret(systemChance.bytes(32)));
  expect(challengeEnd(other, challenged, nonce, now)).toBeNull();
});

test("no bit of it can be changed, its end least of all, and no other length is one", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 255 }), (bit) => {
      const bent = new Uint8Array(nonce);
      bent[bit >> 3]! ^= 1 << (bit & 7);
      expect(challengeEnd(key, challenged, bent, now)).toBeNull();
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      expect(challengeEnd(key, challenged, bytes, now)).toBeNull();
    }),
  );
});
