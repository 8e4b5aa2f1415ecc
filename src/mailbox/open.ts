import { decapsulator } from "#decapsulator";
import type { Sealed } from "../base/brand.ts";
import { codeOf, type FaultCode } from "../base/fault.ts";
import { decodeFrame } from "../envelope/frame.ts";
import { open } from "../envelope/open.ts";
import { decodeReply, type Reply } from "../envelope/reply.ts";
import type { MailboxIdentity } from "./mailbox.ts";

// Whoever knows a mailbox may write to it: what is not a reply is nobody's fault here, and there is nothing to show of it.
const notForUs: readonly FaultCode[] = ["envelope.unopenable", "envelope.frame", "report.malformed"];

/**
 * The reply or acknowledgement in one file of a mailbox, or null: a dummy, another's file, or one that holds anything
 * else. A door (house.md): it opens with a mailbox's identity and with no other.
 */
export function openReply(sealed: Sealed, identity: MailboxIdentity): Reply | null {
  try {
    return decodeReply(decodeFrame(open(sealed, identity, decapsulator)));
  } catch (error) {
    if (notForUs.includes(codeOf(error))) return null;
    throw error;
  }
}
