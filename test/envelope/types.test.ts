import { describe, expect, it } from "vitest";
import type { Plain, Sealed } from "../../src/base/brand.ts";
import { systemChance } from "../../src/base/chance.ts";
import { decodeFrame, encodeFrame } from "../../src/envelope/frame.ts";
import { open } from "../../src/envelope/open.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import { newIdentity, recipientOf, type Identity, type Recipient } from "../../src/envelope/recipient.ts";
import { seal } from "../../src/envelope/seal.ts";

// What the store and every job take.
function store(sealed: Sealed): number {
  return sealed.length;
}

// Never called: `tsc` fails when one of these lines compiles.
export function mustNotCompile(plain: Plain, sealed: Sealed, identity: Identity, recipient: Recipient): void {
  // @ts-expect-error a frame in clear is not a sealed file
  store(plain);
  // @ts-expect-error nor are bytes that nobody sealed
  store(new Uint8Array(8192));
  // @ts-expect-error nor a body on its way into a frame
  store(decodeFrame(plain).body);
  // @ts-expect-error bytes are sealed as a frame, so that they are padded
  seal([recipient], new Uint8Array(1), systemChance);
  // @ts-expect-error what is sealed already is not sealed again by mistake
  seal([recipient], sealed, systemChance);
  // @ts-expect-error a recipient is parsed first
  seal(["age1pq1"], plain, systemChance);
  // @ts-expect-error clear text is not opened
  open(plain, identity, nodeDecapsulator);
  // @ts-expect-error a recipient opens nothing
  open(sealed, recipient, nodeDecapsulator);
  // @ts-expect-error a sealed file is not a frame
  decodeFrame(sealed);
}

describe("types", () => {
  it("let sealed files through", () => {
    const plain = encodeFrame({ kind: "decoy", body: new Uint8Array(0) });
    const sealed = seal([recipientOf(newIdentity(systemChance))], plain, systemChance);
    expect(store(sealed)).toBe(8192 + 1659);
  });
});
