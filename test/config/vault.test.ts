import { mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openVault, readOrMake } from "../../src/config/vault.ts";

test("what is made once is found again, for its owner only", () => {
  const home = mkdtempSync(join(tmpdir(), "gundo-vault-"));
  let made = 0;
  const make = (): Uint8Array => Uint8Array.of(++made);
  expect(readOrMake(openVault(home), "key", make)).toEqual(Uint8Array.of(1));
  expect(readOrMake(openVault(home), "key", make)).toEqual(Uint8Array.of(1));
  openVault(home).write("key", Uint8Array.of(9));
  expect(openVault(home).read("key")).toEqual(Uint8Array.of(9));
  expect(openVault(home).read("other")).toBeNull();
  expect(statSync(join(home, "secrets")).mode & 0o777).toBe(0o700);
  expect(statSync(join(home, "secrets", "key")).mode & 0o777).toBe(0o600);
});
