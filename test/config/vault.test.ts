import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { codeOf } from "../../src/base/fault.ts";
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

test("a home that does not take a file says so", () => {
  const home = mkdtempSync(join(tmpdir(), "gundo-vault-"));
  const file = join(home, "file");
  writeFileSync(file, "");
  expect(codeThrownBy(() => openVault(file))).toBe("home.refused");
  const vault = openVault(home);
  vault.write("key", Uint8Array.of(1));
  rmSync(join(home, "secrets"), { recursive: true });
  writeFileSync(join(home, "secrets"), "");
  expect(codeThrownBy(() => vault.write("key", Uint8Array.of(2)))).toBe("home.refused");
});

function codeThrownBy(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return codeOf(error);
  }
}
