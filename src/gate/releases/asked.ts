import type { Context } from "hono";
import { z } from "zod";
import type { Sealed } from "../../base/brand.ts";
import { dayOf, type UnixDay } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { hasShape } from "../../envelope/shape.ts";
import type { SizeClass } from "../../envelope/pad.ts";
import { mayReview, type Reviewer } from "../../roster/roster.ts";
import { parsePeriod } from "../../trends/period.ts";
import { readBody } from "../body.ts";
import type { Sessions } from "../session.ts";

/** What the routes behind a session are told. */
export type Known = { Variables: { reviewer: Reviewer } };

/** `2027-Q1`. */
export const periodText = z.string().transform((text, context) => {
  const period = parsePeriod(text);
  if (period !== null) return period;
  context.addIssue({ code: "custom" });
  return z.NEVER;
});
export const periodQuery = z.strictObject({ period: periodText });

/** The query, or a Fault `request.malformed`. */
export function asked<Schema extends z.ZodType>(schema: Schema, context: Context): z.output<Schema> {
  const parsed = schema.safeParse(context.req.query());
  if (!parsed.success) throw new Fault("request.malformed");
  return parsed.data;
}

/**
 * The one age file of a request, with exactly so many stanzas and of one of these classes.
 * @throws Fault `request.unsupported`, `request.tooLarge`, `envelope.shape`.
 */
export async function sealedBody(context: Context, stanzas: number, classes: readonly SizeClass[]): Promise<Sealed> {
  if (context.req.header("content-type") !== "application/age") throw new Fault("request.unsupported");
  const bytes = await readBody(context.req.raw, mostBytes);
  if (bytes === null) throw new Fault("request.tooLarge");
  if (!classes.some((one) => hasShape(bytes, stanzas, one))) throw new Fault("envelope.shape");
  return bytes as Uint8Array as Sealed;
}

const mostBytes = 200_000;

/** Whoever reads reports today. Throws `forbidden`. */
export function requireReviewer(sessions: Sessions, { reviewer }: { readonly reviewer: Reviewer }): Reviewer {
  if (!mayReview(reviewer, todayOf(sessions))) throw new Fault("forbidden");
  return reviewer;
}

/** Whoever releases, and reads no report. Throws `forbidden`. */
export function requireOfficer({ reviewer }: { readonly reviewer: Reviewer }): Reviewer {
  if (!reviewer.roles.includes("release")) throw new Fault("forbidden");
  return reviewer;
}

export function todayOf({ clock }: Sessions): UnixDay {
  return dayOf(clock.nowMs());
}
