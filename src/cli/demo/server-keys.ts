import { fromBase64url } from "../../base/bytes.ts";
import type { Chance } from "../../base/chance.ts";
import { Secret } from "../../base/secret.ts";
import type { Secrets } from "../../config/config.ts";
import { readOrMake, type Vault } from "../../config/vault.ts";
import { verifierOf, type SigningKey } from "../../envelope/note-sign.ts";
import { formatVerifierKey, parseVerifierKey, type NoteVerifier } from "../../envelope/note.ts";
import { oprfKeyOf, type OprfKey } from "../../mailbox/oprf-key.ts";
import type { ServerKeys } from "../../roster/ceremony/server.ts";

/** The server's own keys as a demo's roster names them: from the environment where given, else made once and kept. */
export function demoServerKeys(vault: Vault, secrets: Secrets, chance: Chance): ServerKeys {
  return {
    oprf: edgeOprfKey(vault, secrets, chance).publicKey,
    relay: verifier("relay", keyOf(vault, chance, "relay-key", null)),
    checkpoint: verifier("core", checkpointKeyOf(vault, secrets, chance).reveal()),
  };
}

/** The edge's VOPRF key: OPRF_KEY, or in a demo one made once and kept. */
export function edgeOprfKey(vault: Vault, secrets: Secrets, chance: Chance): OprfKey {
  return oprfKeyOf(keyOf(vault, chance, "oprf-key", secrets.oprfKey));
}

/** The core's checkpoint key: CHECKPOINT_KEY, or in a demo one made once and kept. */
export function checkpointKeyOf(vault: Vault, secrets: Secrets, chance: Chance): SigningKey {
  return new Secret(keyOf(vault, chance, "checkpoint-key", secrets.checkpointKey));
}

function keyOf(vault: Vault, chance: Chance, name: string, given: Secret<string> | null): Uint8Array {
  return given === null ? readOrMake(vault, name, () => chance.bytes(32)) : fromBase64url(given.reveal())!;
}

function verifier(name: string, seed: Uint8Array): NoteVerifier {
  return parseVerifierKey(formatVerifierKey(name, verifierOf(new Secret(seed))))!;
}
