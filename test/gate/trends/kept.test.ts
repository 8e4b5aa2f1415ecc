import { describe, expect, test } from "vitest";
import { fromUtf8 } from "../../../src/base/bytes.ts";
import { keepPages, type Make } from "../../../src/gate/trends/kept.ts";
import type { Trends } from "../../../src/gate/trends/source.ts";
import { pack } from "../../../workers/pack.ts";
import { HandClock } from "../../support/board.ts";

function keeping(versions: readonly (string | Error)[]) {
  const clock = new HandClock("2027-08-10T10:00:00Z");
  let asked = 0;
  const read = (): Promise<Trends> => {
    const version = versions[asked++] ?? versions.at(-1)!;
    return version instanceof Error ? Promise.reject(version) : Promise.resolve({ quarters: [], version });
  };
  const kept = keepPages({ source: { read }, clock, pack });
  let made = 0;
  const make: Make = ({ version }) => Promise.resolve(`${version} ${++made}`);
  const page = async (name: string, by: Make = make): Promise<string | null> => {
    const packed = await kept(name, by);
    return packed && fromUtf8(packed.plain);
  };
  return { clock, page, made: () => made, asked: () => asked };
}

describe("pages that are kept", () => {
  test("are made once a minute for everybody, and the store is asked once a second", async () => {
    const { clock, page, asked } = keeping(["a"]);
    expect([await page("x"), await page("x"), await page("y")]).toEqual(["a 1", "a 1", "a 2"]);
    expect(asked()).toBe(1);
    clock.advanceMs(59_999);
    expect([await page("x"), asked()]).toEqual(["a 1", 2]);
    clock.advanceMs(1_000);
    expect(await page("x")).toBe("a 3");
  });

  test("speak of the instant at which they were read, and of no later one", async () => {
    const { clock, page } = keeping(["a"]);
    const when: Make = (_trends, readMs) => Promise.resolve(String(readMs - clock.nowMs()));
    expect(await page("x", when)).toBe("0");
    clock.advanceMs(999);
    expect(await page("y", when)).toBe("-999");
    clock.advanceMs(1);
    expect(await page("z", when)).toBe("0");
  });

  test("are made anew as soon as there is another note", async () => {
    const { clock, page } = keeping(["a", "b"]);
    expect(await page("x")).toBe("a 1");
    clock.advanceMs(1_000);
    expect(await page("x")).toBe("b 2");
  });

  test("are not kept where there is none, or where it could not be made", async () => {
    const { page } = keeping(["a"]);
    expect(await page("x", () => null)).toBeNull();
    await expect(page("x", () => Promise.reject(new Error("once")))).rejects.toThrow("once");
    expect(await page("x")).toBe("a 1");
  });

  test("a store that was away is asked again at once", async () => {
    const { page } = keeping([new Error("away"), "a"]);
    await expect(page("x")).rejects.toThrow("away");
    expect(await page("x")).toBe("a 1");
  });
});
