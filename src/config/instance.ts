import * as z from "zod";
import { addDays, fromIsoDay, type UnixDay } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { parseJsonBytes } from "../base/strict.ts";

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
  /** What counts as what, as settled with the communities; absent, the first version that Gundo comes with (trends.md, Labels). */
  readonly taxonomy?: Taxonomy | undefined;
}

/** An instance's own categories. A code never changes its meaning: another meaning takes another code, and a new version. */
export interface Taxonomy {
  readonly version: string;
  readonly groups: readonly {
    readonly code: string;
    readonly name: { readonly fr: string; readonly en: string };
    /** Counted for the whole country alone. */
    readonly nationalOnly: boolean;
  }[];
  readonly categories: readonly {
    /** Three capital letters. */
    readonly code: string;
    /** A group's code, or empty. */
    readonly group: string;
    readonly name: { readonly fr: string; readonly en: string };
    /** At most 16 signs that every phone has. */
    readonly ussd: { readonly fr: string; readonly en: string };
  }[];
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

const name = z.string().regex(/^[^\p{Cc}]{1,60}$/u);
const onPhone = z.string().regex(/^[A-Za-z0-9 ,.()-]{1,16}$/);
const group = z.strictObject({
  code: z.string().regex(/^G[1-9]$/),
  name: z.strictObject({ fr: name, en: name }),
  nationalOnly: z.boolean(),
});
const category = z.strictObject({
  code: z.string().regex(/^[A-Z]{3}$/),
  group: z.string(),
  name: z.strictObject({ fr: name, en: name }),
  ussd: z.strictObject({ fr: onPhone, en: onPhone }),
});
const taxonomy = z
  .strictObject({
    version: z.string().regex(/^[A-Za-z0-9.-]{1,20}$/),
    groups: z.array(group).max(9),
    categories: z.array(category).min(1).max(30),
  })
  .refine(({ groups, categories }) => {
    const codes = groups.map(({ code }) => code);
    const regional = groups.filter(({ nationalOnly }) => !nationalOnly).map(({ code }) => code);
    const known = categories.every((one) => one.group === "" || codes.includes(one.group));
    // A région's table without a cell would publish nothing, and one group of it needs a category.
    return known && categories.some((one) => regional.includes(one.group)) && areDistinct(codes, categories);
  });

function areDistinct(groups: readonly string[], categories: readonly { readonly code: string }[]): boolean {
  const codes = categories.map(({ code }) => code);
  return new Set(groups).size === groups.length && new Set(codes).size === codes.length;
}

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
  taxonomy: taxonomy.optional(),
});

/** The texts out of `instance.json`. Throws `instance.malformed`. */
export function parseInstance(bytes: Uint8Array): InstanceTexts {
  const parsed = file.safeParse(parseJsonBytes(bytes));
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
