import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { DeskId, Sealed } from "../../src/base/brand.ts";
import { systemChance } from "../../src/base/chance.ts";
import type { UnixDay } from "../../src/base/clock.ts";
import { encodeFrame, type Frame } from "../../src/envelope/frame.ts";
import { sealToNobody } from "../../src/envelope/nobody.ts";
import { newIdentity, recipientOf } from "../../src/envelope/recipient.ts";
import { encodeReply, type Reply } from "../../src/envelope/reply.ts";
import { seal } from "../../src/envelope/seal.ts";
import { deriveMailbox, type MailboxIdentity } from "../../src/mailbox/mailbox.ts";
import { evaluate } from "../../src/mailbox/oprf.ts";
import { oprfKeyOf } from "../../src/mailbox/oprf-key.ts";
import { openReply } from "../../src/mailbox/open.ts";
import { newReceipt } from "../../src/mailbox/receipt.ts";
import { sealReply } from "../support/mailboxes.ts";
import { bundleForBrowser, run } from "./bundle.ts";

const receipt = newReceipt(systemChance);
const mailbox = await deriveMailbox(receipt, evaluate(oprfKeyOf(systemChance.bytes(32)), receipt));
const reply: Reply = {
  desk: "all" as DeskId,
  exclude: [{ rule: "organisation", value: "Benkadi" }],
  language: "fr",
  day: 20_000 as UnixDay,
  text: "On a vérifié.",
};
const sealed = sealReply(mailbox, reply);

test("a reply and an acknowledgement open for the receipt's mailbox", () => {
  expect(openReply(sealed, mailbox.identity)).toEqual(reply);
  const taken = { ...reply, text: "" };
  expect(openReply(sealReply(mailbox, taken), mailbox.identity)).toEqual(taken);
});

test("nothing opens but what is for us, whole, and a reply", () => {
  const changed = sealed.slice() as Uint8Array as Sealed;
  changed[changed.length - 1]! ^= 1;
  const inside = (frame: Frame) => seal([mailbox.recipient], encodeFrame(frame), systemChance);
  const { body } = encodeReply(reply);
  const files: readonly Sealed[] = [
    sealToNobody(1, systemChance),
    sealReply({ recipient: recipientOf(newIdentity(systemChance)) }, reply),
    changed,
    sealed.subarray(1) as Sealed,
    new Uint8Array(0) as Sealed,
    inside({ kind: "report", body }),
    inside({ kind: "acknowledgement", body }),
    inside({ kind: "reply", body: body.subarray(1) }),
    seal([mailbox.recipient], new Uint8Array(8192) as never, systemChance),
  ];
  for (const file of files) expect(openReply(file, mailbox.identity)).toBeNull();
  const stranger = newIdentity(systemChance) as MailboxIdentity;
  expect(openReply(sealed, stranger)).toBeNull();
});

test("it takes a mailbox's identity and no reviewer's", () => {
  // @ts-expect-error an identity is not a MailboxIdentity (house.md, Doors).
  expect(openReply(sealed, newIdentity(systemChance))).toBeNull();
});

test("the page and workerd open it too, by noble", async () => {
  const bundled = await bundleForBrowser("src/mailbox/open.ts");
  const { openReply: openInPage } = await run<{ openReply: typeof openReply }>(bundled);
  expect(openInPage(sealed, mailbox.identity)).toEqual(reply);
  expect(openInPage(sealToNobody(1, systemChance), mailbox.identity)).toBeNull();
  expect(bundled).not.toContain("node:");
});

test("package.json gives each of them its own", () => {
  const { imports } = JSON.parse(readFileSync("package.json", "utf8")) as { imports: Record<string, object> };
  expect(imports["#decapsulator"]).toEqual({
    node: "./src/mailbox/decapsulator-node.ts",
    default: "./src/mailbox/decapsulator-noble.ts",
  });
});
