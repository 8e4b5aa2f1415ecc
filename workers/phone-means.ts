import { equal, fromBase64url } from "../src/base/bytes.ts";
import type { Chance } from "../src/base/chance.ts";
import { dayOf, type Clock } from "../src/base/clock.ts";
import type { Emit } from "../src/base/events.ts";
import { Fault } from "../src/base/fault.ts";
import { edgeOprfKey } from "../src/cli/demo/server-keys.ts";
import type { Mode, Secrets } from "../src/config/config.ts";
import { demoInstance, parseInstance } from "../src/config/instance.ts";
import type { KeysDirectory } from "../src/config/keys.ts";
import type { Vault } from "../src/config/vault.ts";
import type { PhoneTexts } from "../src/intake/phone-settings.ts";
import { derivedSeenKeys, rotatingSeenKeys, type SeenKeys } from "../src/intake/seen.ts";
import { oprfKeyOf, type OprfKey, type OprfKeys } from "../src/mailbox/oprf-key.ts";
import type { Roster } from "../src/roster/roster.ts";
import type { PhoneMeans } from "./edge-parts.ts";

export interface Machine {
  readonly mode: Mode;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly emit: Emit;
}

/** What an edge on Node has of its own: from the configuration where given, else out of its home. */
export function phoneMeans(machine: Machine, secrets: Secrets, vault: Vault, keys: KeysDirectory): PhoneMeans {
  return {
    ...machine,
    seenKeys: seenKeysOf(machine, secrets, vault),
    texts: phoneTexts(machine, keys),
    oprfKeys: oprfKeysOf(machine, secrets, vault),
  };
}

/** Throws `roster.oprf` unless the roster names each of these keys: receipts made with another would open nothing. */
export function checkOprfKeys({ oprf }: Roster, { current, previous }: OprfKeys): void {
  const named = ({ publicKey }: OprfKey): boolean =>
    [oprf.current, oprf.previous].some((key) => key !== null && equal(key, publicKey));
  if (!named(current) || (previous !== null && !named(previous))) throw new Fault("roster.oprf");
}

function oprfKeysOf({ chance }: Machine, secrets: Secrets, vault: Vault): OprfKeys {
  const previous = fromBase64url(secrets.oprfKeyPrevious?.reveal() ?? "");
  return {
    current: edgeOprfKey(vault, secrets, chance),
    previous: previous?.length === 32 ? oprfKeyOf(previous) : null,
  };
}

function phoneTexts({ mode, clock }: Machine, keys: KeysDirectory): PhoneTexts {
  const bytes = keys.instance();
  if (bytes !== null) return parseInstance(bytes);
  if (mode === "production") throw new Fault("instance.missing");
  return demoInstance(dayOf(clock.nowMs()));
}

function seenKeysOf({ clock, chance }: Machine, secrets: Secrets, vault: Vault): SeenKeys {
  const master = fromBase64url(secrets.seenKey?.reveal() ?? "");
  if (master?.length === 32) return derivedSeenKeys(master, clock);
  const file = { read: () => vault.read("seen-keys"), write: (bytes: Uint8Array) => vault.write("seen-keys", bytes) };
  return rotatingSeenKeys(file, clock, chance);
}
