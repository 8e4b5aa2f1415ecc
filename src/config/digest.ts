import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { Fault } from "../base/fault.ts";
import { Secret } from "../base/secret.ts";
import { parseJsonBytes } from "../base/strict.ts";
import type { Config, Secrets } from "./config.ts";

/** Who is reminded, and when: `$GUNDO_HOME/digest.json` (deploy/RUNBOOK.md, Reminders). */
export interface DigestPlan {
  /** Hours of the day in UTC, ascending. */
  readonly hours: readonly number[];
  /** At each of the hours. */
  readonly desk: readonly Target[];
  /** At the first of them on the fixed days of a quarter. */
  readonly officers: readonly Target[];
}

type Target =
  | { readonly kind: "email"; readonly to: Secret<string>; readonly from: string }
  | { readonly kind: "webhook" | "ntfy"; readonly url: Secret<string> };

// So narrow that no address can end a header line or name a second recipient.
const mailbox = z.string().regex(/^[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,5}$/);
const secret = (text: string): Secret<string> => new Secret(text);
const url = z.string().refine(isGuarded).transform(secret);

const target = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("email"), to: mailbox.transform(secret), from: mailbox }),
  z.strictObject({ kind: z.literal("webhook"), url }),
  z.strictObject({ kind: z.literal("ntfy"), url }),
]);

const file = z.strictObject({
  hours: z.array(z.int().min(0).max(23)).min(1).max(24),
  desk: z.array(target).max(100).default([]),
  officers: z.array(target).max(20).default([]),
});

/** The plan out of the file's bytes. Throws `digest.malformed`. */
export function parseDigest(bytes: Uint8Array): DigestPlan {
  const parsed = file.safeParse(parseJsonBytes(bytes));
  if (!parsed.success) throw new Fault("digest.malformed");
  const { hours, desk, officers } = parsed.data;
  return { hours: [...new Set(hours)].toSorted((a, b) => a - b), desk, officers };
}

type Where = Pick<Config, "home" | "mode">;
type Means = Pick<Secrets, "smtpUrl" | "checkpointKey">;

/**
 * The plan of this home, or null where nobody is reminded. Throws `digest.malformed`, also when others than its owner
 * may read the file: it says who the readers are; `digest.smtp` when it names e-mail and there is no way to send any;
 * `digest.key` in production without CHECKPOINT_KEY, under which all processes mark what was sent.
 */
export function readDigest({ home, mode }: Where, { smtpUrl, checkpointKey }: Means): DigestPlan | null {
  const path = join(home, "digest.json");
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return null;
  if (!found.isFile() || (found.mode & 0o077) !== 0) throw new Fault("digest.malformed");
  const plan = parseDigest(new Uint8Array(readFileSync(path)));
  const mails = [...plan.desk, ...plan.officers].some(({ kind }) => kind === "email");
  if (mails && smtpUrl === null) throw new Fault("digest.smtp");
  if (mode === "production" && checkpointKey === null) throw new Fault("digest.key");
  return plan;
}

/** Over TLS or an onion's own encryption, or no further than this machine. */
function isGuarded(text: string): boolean {
  const parsed = URL.parse(text);
  if (parsed === null || parsed.username !== "" || parsed.hash !== "") return false;
  if (parsed.protocol === "https:") return true;
  return parsed.protocol === "http:" && /^(127\.0\.0\.1|localhost|\[::1\]|[a-z2-7]{56}\.onion)$/.test(parsed.hostname);
}
