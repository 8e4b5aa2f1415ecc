import { dayOf } from "../../base/clock.ts";
import { codeOf } from "../../base/fault.ts";
import { lackQuarterKey, makesQuarterKey, shareQuarterKey } from "../../quarter/key.ts";
import { countedOf, leaveLabels, type LedCase } from "../../quarter/labels.ts";
import { openPeriods, openPlan, type OpenPlan } from "../../quarter/plan.ts";
import { periodOf } from "../../trends/period.ts";
import { keepsCalendar } from "../../trends/plan.ts";
import { conversationsIn, type ConsoleConversation } from "../case/conversation.ts";
import { readCaseOf } from "../case/read.ts";
import type { Console, Session } from "../console.ts";
import type { Progress } from "../state.ts";
import { quarterWorker } from "./worker.ts";

/** Why labels did not leave; each has its sentence. */
export type LabelRefusal = "noKey" | "badKey" | "tooLate" | "unreached" | "unexpected";

/** A quarter whose labels leave from here, on screen. */
export interface LabelPost extends OpenPlan {
  readonly phase: "ready" | "posting" | "posted" | "refused";
  /** Cases read, of how many. */
  readonly progress: Progress;
  readonly refusal: LabelRefusal | null;
}

/**
 * After the inbox is there, once a session: the first lead sees to the quarter's key, and labels that are due leave by
 * themselves. In a demo, whose quarters end when somebody says so, a button lets them.
 */
export async function labelsDue(gundo: Console, session: Session): Promise<void> {
  try {
    if (!(await isDue(gundo, session))) return;
    const plan = await openPlan(await quarterWorker(gundo, session), null);
    if (plan === null || session.ends.signal.aborted) return;
    tell(gundo, { ...plan, phase: "ready", progress: { done: 0, of: 0 }, refusal: null });
  } catch (error) {
    // Nothing was asked for: a server that is away is said by the watch, and the next sign-in sees to it again.
    if (codeOf(error) === "bug") throw error;
    return;
  }
  if (keepsCalendar(session.roster.instance)) await leaveLabelsNow(gundo);
}

/** By one or two small answers of the server: on a slow line nothing more is fetched where nothing is to do. */
async function isDue(gundo: Console, session: Session): Promise<boolean> {
  const today = dayOf(gundo.clock.nowMs());
  const quick = { way: session.api, rosters: [session.roster], keys: session.keys, today };
  if (makesQuarterKey(quick) && (await lackQuarterKey(quick, periodOf(today))).length > 0)
    await shareQuarterKey(await quarterWorker(gundo, session), periodOf(today));
  const [period] = await openPeriods(quick);
  return period !== undefined && period !== gundo.memory.read().labels;
}

/** Reads every case that was begun, and posts what counts of those that this reviewer leads. */
export async function leaveLabelsNow(gundo: Console): Promise<void> {
  const { session } = gundo;
  const post = gundo.labels.get();
  if (session === null || post === null || post.phase === "posting" || post.phase === "posted") return;
  tell(gundo, { ...post, phase: "posting", refusal: null });
  try {
    await leave(gundo, session, post);
    gundo.memory.write({ labels: post.period });
    settle(gundo, session, { ...post, phase: "posted" });
  } catch (error) {
    settle(gundo, session, { ...post, phase: "refused", refusal: refusalOf(error) });
  }
}

async function leave(gundo: Console, session: Session, post: LabelPost): Promise<void> {
  const cases = await begunCases(gundo, session, (progress) =>
    settle(gundo, session, { ...post, phase: "posting", progress }),
  );
  const plan: OpenPlan = post;
  const counted = countedOf(cases, session.keys.id, plan.period);
  await leaveLabels(await quarterWorker(gundo, session), plan, counted);
}

async function begunCases(
  gundo: Console,
  session: Session,
  say: (progress: Progress) => void,
): Promise<readonly LedCase[]> {
  const { items } = gundo.store.get();
  const isBegun = ({ first }: ConsoleConversation): boolean =>
    first.ids.some((id) => (items.get(id)?.facts ?? null) !== null);
  const begun = conversationsIn(items, session.roster).filter(isBegun);
  const cases: LedCase[] = [];
  for (const conversation of begun) {
    say({ done: cases.length, of: begun.length });
    const { known } = await readCaseOf(session, conversation);
    cases.push({ report: conversation.first.message.report, known });
  }
  return cases;
}

function tell({ labels }: Console, post: LabelPost): void {
  labels.update(() => post);
}

/** Locked meanwhile: nothing comes back on screen. */
function settle(gundo: Console, session: Session, post: LabelPost): void {
  if (!session.ends.signal.aborted) tell(gundo, post);
}

function refusalOf(error: unknown): LabelRefusal {
  const code = codeOf(error);
  if (code === "quarterKey.missing") return "noKey";
  if (code === "quarterKey.malformed" || code === "release.otherKey") return "badKey";
  if (code === "release.claimed" || code === "release.notNow") return "tooLate";
  return code === "core.unavailable" || code === "store.unavailable" ? "unreached" : "unexpected";
}
