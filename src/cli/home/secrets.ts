import type { Chance } from "../../base/chance.ts";
import { Secret } from "../../base/secret.ts";
import { openVault, readOrMake, type Vault } from "../../config/vault.ts";
import { verifierOf } from "../../envelope/note-sign.ts";
import { formatVerifierKey, parseVerifierKey, type NoteVerifier } from "../../envelope/note.ts";
import { oprfKeyOf } from "../../mailbox/oprf-key.ts";
import type { ServerKeys } from "../../roster/ceremony/server.ts";
import { seedFile, seedIn } from "./oprf-file.ts";

/** Secrets that a production server reads as `NAME_FILE`, each 32 bytes in base64url in a file of that name. */
export const homeSecretNames = ["GATEWAY_SECRET", "OPRF_KEY", "CHECKPOINT_KEY"] as const;

/**
 * Makes the secrets of a home that are not there yet, in `secrets/`, and returns the public halves for the board.
 * Throws `secret.malformed` when one that is there is no key.
 */
export function homeSecrets(home: string, chance: Chance): ServerKeys {
  const vault = openVault(home);
  for (const name of homeSecretNames) textKey(vault, name, chance);
  const relay = readOrMake(vault, "relay-key", () => chance.bytes(32));
  return {
    oprf: oprfKeyOf(textKey(vault, "OPRF_KEY", chance)).publicKey,
    relay: verifier("relay", relay),
    checkpoint: verifier("core", textKey(vault, "CHECKPOINT_KEY", chance)),
  };
}

function textKey(vault: Vault, name: string, chance: Chance): Uint8Array {
  return seedIn(readOrMake(vault, name, () => seedFile(chance.bytes(32))));
}

function verifier(name: string, seed: Uint8Array): NoteVerifier {
  return parseVerifierKey(formatVerifierKey(name, verifierOf(new Secret(seed))))!;
}
