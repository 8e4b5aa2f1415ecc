import { expect, it, vi } from "vitest";
import { systemChance } from "../../src/base/chance.ts";
import { encapsulate } from "../../src/envelope/kem-node.ts";
import { newIdentity, recipientOf, type Recipient } from "../../src/envelope/recipient.ts";
import { publicKeyOf } from "../../src/envelope/xwing-node.ts";

vi.mock("../../src/envelope/xwing-node.ts", { spy: true });

/** Whether sealing to this recipient had to import its keys. */
function imports(recipient: Recipient): boolean {
  const before = vi.mocked(publicKeyOf).mock.calls.length;
  encapsulate(recipient, systemChance);
  return vi.mocked(publicKeyOf).mock.calls.length > before;
}

function fresh(): Recipient {
  return recipientOf(newIdentity(systemChance));
}

it("keeps the keys of the 128 recipients used last, and of no more", () => {
  const [first, second, third] = [fresh(), fresh(), fresh()];
  expect([first, second, third].map(imports)).toEqual([true, true, true]);
  for (let others = 0; others < 125; others++) expect(imports(fresh())).toBe(true);
  // All 128 are kept; using the first again makes the second the one used longest ago.
  expect(imports(first)).toBe(false);
  expect(imports(fresh())).toBe(true);
  expect(imports(third)).toBe(false);
  expect(imports(first)).toBe(false);
  expect(imports(second)).toBe(true);
});
