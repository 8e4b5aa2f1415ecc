import type { Plain } from "../../base/brand.ts";
import { utf8 } from "../../base/bytes.ts";
import type { Sealed } from "../../base/brand.ts";
import type { Chance } from "../../base/chance.ts";
import { Fault } from "../../base/fault.ts";
import { open } from "../../envelope/open.ts";
import { nodeDecapsulator } from "../../envelope/opener-node.ts";
import type { Identity, Recipient } from "../../envelope/recipient.ts";
import { seal } from "../../envelope/seal.ts";
import { parseShare, shareText, type Share } from "./text.ts";

/** An age file of one recipient, without a frame: it is no report, and stock age has to do. */
export function sealShare(share: Share, recipient: Recipient, chance: Chance): Sealed {
  return seal([recipient], utf8(shareText(share)) as Uint8Array as Plain, chance);
}

/** Throws `share.unopenable` for another's file or a damaged one, which nobody can tell apart; `share.malformed`. */
export function openShare(file: Uint8Array, identity: Identity): Share {
  return parseShare(opened(file, identity));
}

function opened(file: Uint8Array, identity: Identity): Uint8Array {
  try {
    return open(file as Sealed, identity, nodeDecapsulator);
  } catch (cause) {
    if (cause instanceof Fault && cause.code === "envelope.unopenable") throw new Fault("share.unopenable", { cause });
    throw cause;
  }
}
