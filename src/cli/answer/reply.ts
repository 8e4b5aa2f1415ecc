import { concat } from "../../base/bytes.ts";
import { systemChance } from "../../base/chance.ts";
import { Fault } from "../../base/fault.ts";
import { encodeFrame } from "../../envelope/frame.ts";
import { encodeReply, type Reply } from "../../envelope/reply.ts";
import { seal } from "../../envelope/seal.ts";
import type { Reader } from "../reader.ts";
import type { Found } from "./find.ts";

/**
 * Seals an answer to the report's mailbox and posts it as anybody might; an empty text says that the report was taken.
 * The core holds it and releases it within the hour, among others. Written twice with the same day and words, it is read
 * once (mailbox/conversation.ts).
 *
 * Rejects with `report.withoutMailbox`, `envelope.tooLarge`, and as `Client`.
 */
export async function writeReply(
  { client }: Reader,
  { desk, report }: Found,
  { text, day }: Pick<Reply, "text" | "day">,
): Promise<void> {
  const { mailbox, exclude, language } = report;
  if (mailbox === undefined) throw new Fault("report.withoutMailbox");
  const reply = { desk: desk.id, exclude, language, day, text };
  const sealed = seal([mailbox.recipient], encodeFrame(encodeReply(reply)), systemChance);
  await client.postOpenly("/mailbox/write", concat(mailbox.id, sealed), "application/octet-stream");
}
