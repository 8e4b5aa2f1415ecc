import * as z from "zod";
import { fromUtf8 } from "../base/bytes.ts";
import { addDays, fromIsoDay, type UnixDay } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { parseJson } from "../base/strict.ts";

/** What an instance tells its callers about itself: `instance.json` beside the anchors. */
export interface InstanceTexts {
  /** Whom to call in danger; Gundo itself helps nobody at once. */
  readonly helpNumber: string;
  /** What a call costs, in words, at most 24 septets. */
  readonly cost: { readonly fr: string; readonly en: string };
  /** Days until an answer can be expected. */
  readonly answerDays: number;
  readonly firstBulletin: UnixDay;
  /** Present where answers go out by SMS too, to who asks; absent, no number is ever kept in a capsule. */
  readonly smsAnswers?: SmsAnswers | undefined;
}

interface SmsAnswers {
  /** The short code or name that answers come from; the provider's own unless given. */
  readonly from?: string | undefined;
}

const day = z.string().transform((text, context) => {
  const parsed = fromIsoDay(text);
  if (parsed !== null) return parsed;
  context.addIssue({ code: "custom" });
  return z.NEVER;
});

const file = z.strictObject({
  helpNumber: z.string().regex(/^[0-9+ ]{2,20}$/),
  cost: z.strictObject({ fr: z.string().min(1).max(24), en: z.string().min(1).max(24) }),
  answerDays: z.int().min(1).max(365),
  firstBulletin: day,
  smsAnswers: z
    .strictObject({
      from: z
        .string()
        .regex(/^[A-Za-z0-9 ]{3,11}$/)
        .optional(),
    })
    .optional(),
});

/** The texts out of `instance.json`. Throws `instance.malformed`. */
export function parseInstance(bytes: Uint8Array): InstanceTexts {
  const parsed = file.safeParse(parseJson(fromUtf8(bytes) ?? ""));
  if (!parsed.success) throw new Fault("instance.malformed");
  return parsed.data;
}

/** What a demo says; its help number is one of the range for tests. */
export function demoInstance(today: UnixDay): InstanceTexts {
  return {
    helpNumber: "70 00 00 00",
    cost: { fr: "gratuit (demo)", en: "free (demo)" },
    answerDays: 14,
    firstBulletin: addDays(today, 120),
    smsAnswers: {},
  };
}
