import { fromBase64url } from "../../base/bytes.ts";
import type { Chance } from "../../base/chance.ts";
import { Secret } from "../../base/secret.ts";
import type { Secrets } from "../../config/config.ts";
import { readOrMake, type Vault } from "../../config/vault.ts";
import { verifierOf } from "../../envelope/note-sign.ts";
import { formatVerifierKey, parseVerifierKey, type NoteVerifier } from "../../envelope/note.ts";
import { oprfKeyOf } from "../../mailbox/oprf-key.ts";
import type { ServerKeys } from "./make.ts";

/** The server's own keys as a demo's roster names them: from the environment where given, else made once and kept. */
export function demoServerKeys(vault: Vault, secrets: Secrets, chance: Chance): ServerKeys {
  const key = (name: string, given: Secret<string> | null): Uint8Array =>
    given === null ? readOrMake(vault, name, () => chance.bytes(32)) : fromBase64url(given.reveal())!;
  return {
    oprf: oprfKeyOf(key("oprf-key", secrets.oprfKey)).publicKey,
    relay: verifier("relay", key("relay-key", null)),
    checkpoint: verifier("core", key("checkpoint-key", secrets.checkpointKey)),
  };
}

function verifier(name: string, seed: Uint8Array): NoteVerifier {
  return parseVerifierKey(formatVerifierKey(name, verifierOf(new Secret(seed))))!;
}
