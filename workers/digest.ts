import type { Secrets } from "../src/config/config.ts";
import type { SigningKey } from "../src/envelope/sign.ts";
import type { Queues } from "../src/queue/queue.ts";
import type { Store } from "../src/store/open.ts";
import { digestSender } from "../src/triage/digest-send.ts";
import { digestTicks, type DigestPlan } from "../src/triage/digest.ts";
import type { Machine } from "./phone-means.ts";

const tickMs = 60_000;

interface DigestMeans extends Machine {
  readonly queues: Queues;
  readonly store: Store;
  readonly plan: DigestPlan;
  readonly secrets: Secrets;
  /** The checkpoint key, which all cores and workers of a cluster share. */
  readonly key: SigningKey;
}

/** Reminds reviewers and officers at fixed hours (triage.md, digest). */
export async function startDigest({ queues, secrets, ...digest }: DigestMeans): Promise<void> {
  queues.work("digest", digestTicks({ ...digest, send: digestSender(secrets.smtpUrl) }));
  await queues.every("digest", tickMs);
}
