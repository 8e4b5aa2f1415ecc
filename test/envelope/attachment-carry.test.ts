import { expect, test } from "vitest";
import type { PartId, Sealed } from "../../src/base/brand.ts";
import { base64url } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { Fault } from "../../src/base/fault.ts";
import { carriedAttachments } from "../../src/envelope/attachment-carry.ts";
import { joinParts, sealPart } from "../../src/envelope/attachment.ts";
import { decodeFrame } from "../../src/envelope/frame.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { open } from "../../src/envelope/open.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import { newIdentity, recipientOf } from "../../src/envelope/recipient.ts";
import type { Attachment } from "../../src/envelope/report.ts";

const store = new Map<string, Sealed>();
const put = async (sealed: Sealed): Promise<PartId> => {
  const id = base64url(systemChance.bytes(16)) as PartId;
  store.set(id, sealed);
  return id;
};
const read = async (attachment: Attachment): Promise<Uint8Array> => {
  const frames = attachment.parts.map((id) => {
    const sealed = store.get(id);
    if (sealed === undefined) throw new Fault("attachment.gone");
    return decodeFrame(open(sealed, attachment.identity, nodeDecapsulator));
  });
  return joinParts(attachment, frames);
};

async function attached(size: number): Promise<Attachment> {
  const file = systemChance.bytes(size);
  const identity = newIdentity(systemChance);
  const parts: PartId[] = [];
  for (let index = 0; index * 262_000 < size; index++)
    parts.push(await put(sealPart(file, index, recipientOf(identity), systemChance)));
  return { parts, size, type: "application/pdf", digest: sha256(file), identity };
}

test("a file of several parts goes on in new ones, unlike the old to whoever has both, and opens as before", async () => {
  const before = await attached(400_000);
  const old = before.parts.map((id) => store.get(id)!);
  const [after] = await carriedAttachments([before], { read, put }, systemChance);
  expect(after).toEqual({ ...before, parts: after!.parts });
  expect(after!.parts).toHaveLength(before.parts.length);
  for (const id of after!.parts) expect(old.map(base64url)).not.toContain(base64url(store.get(id)!));
  for (const id of before.parts) store.delete(id);
  expect(sha256(await read(after!))).toEqual(before.digest);
});

test("what is gone or damaged stays as it is named and keeps nothing else back; a way that fails is no damage", async () => {
  const [gone, damaged, whole] = [await attached(10), await attached(10), await attached(10)];
  store.delete(gone.parts[0]!);
  store.set(damaged.parts[0]!, store.get(whole.parts[0]!)!);
  const carried = await carriedAttachments([gone, damaged, whole], { read, put }, systemChance);
  expect(carried.slice(0, 2)).toEqual([gone, damaged]);
  expect(carried[2]!.parts).not.toEqual(whole.parts);
  const away = { read, put: () => Promise.reject(new Fault("core.unavailable")) };
  await expect(carriedAttachments([whole], away, systemChance)).rejects.toThrow("core.unavailable");
});
