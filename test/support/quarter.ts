import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Sealed } from "../../src/base/brand.ts";
import { concat, utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, dayOf, msPerDay, type UnixMs } from "../../src/base/clock.ts";
import { countedBy } from "../../src/dialogue/counted.ts";
import { encodeFrame, frameHeadBytes } from "../../src/envelope/frame.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { addSignature, signNote } from "../../src/envelope/note-sign.ts";
import { recipientOf } from "../../src/envelope/recipient.ts";
import { seal } from "../../src/envelope/seal.ts";
import { sign } from "../../src/envelope/sign.ts";
import type { Reviewer } from "../../src/roster/roster.ts";
import { anchorsText } from "../../src/roster/text.ts";
import { verifyRoster } from "../../src/roster/verify.ts";
import { claimText, type Claim } from "../../src/trends/claim.ts";
import { commitText, type Commit } from "../../src/trends/commit.ts";
import { releaseOf } from "../../src/trends/follows.ts";
import { epsilons, tableIds, cellsOf, type Figures } from "../../src/trends/key-space.ts";
import { encodeLabels, labelsMessage } from "../../src/trends/labels.ts";
import { firstDay, lastDay, type Period } from "../../src/trends/period.ts";
import { planText, type Plan } from "../../src/trends/plan.ts";
import { releaseText } from "../../src/trends/release-note.ts";
import { HandClock, signedBy, testPerson, type TestPerson } from "./board.ts";
import { listen } from "../../workers/web.ts";
import { sessionOf, withGate, type TestGate } from "./gate.ts";
import { quickIdentity } from "./identity.ts";
import { runGundo, type Said } from "./terminal.ts";

export const quarter = "2027-Q1" as Period;
export const instance = "test-line";

/** A gate whose first reviewer leads, with two officers of two organisations; its clock is set by period. */
export interface QuarterGate {
  readonly gate: TestGate;
  readonly officers: readonly TestPerson[];
  readonly lead: TestPerson;
  readonly reviewer: TestPerson;
  /** Sets the clock to so many days after the period's first day, at nine. */
  day(after: number): void;
  ask(person: TestPerson | null, path: string, init?: RequestInit): Promise<Response>;
  post(person: TestPerson, note: Uint8Array): Promise<Response>;
}

export async function withQuarter(console = false): Promise<QuarterGate> {
  const clock = new HandClock("2026-12-01T09:00:00Z");
  const gate = await withGate({ clock, console });
  const { board } = gate;
  const [lead, reviewer, , , , o1] = board.people;
  const o2 = testPerson("o2");
  const from = addDays(dayOf(clock.nowMs()), -1);
  const ages = (one: Reviewer): Reviewer => ({ ...one, from, until: addDays(from, 800) });
  const first = board.body.reviewers.find(({ id }) => id === "o1")!;
  const second: Reviewer = { ...first, id: "o2", organisation: "Kalan", ...keysOf(o2) };
  const reviewers = [...board.body.reviewers, second].map((one) =>
    ages(one.id === "r1" ? { ...one, roles: ["review", "lead"] } : one),
  );
  const expiresMs = (clock.nowMs() + 800 * msPerDay) as UnixMs;
  gate.note = signedBy(board.board.slice(0, 2), { ...board.body, reviewers, expiresMs });
  gate.roster = verifyRoster(board.anchors, gate.note, null, clock.nowMs()).roster;
  gate.former.set(gate.roster.serial, gate.note);
  gate.anchors = utf8(anchorsText(board.anchors));
  const ask: QuarterGate["ask"] = async (person, path, init = {}) => {
    const headers = new Headers(init.headers);
    if (person !== null) headers.set("authorization", (await sessionOf(gate.app, person)).authorization);
    return gate.app.request(path, { ...init, headers });
  };
  return {
    gate,
    officers: [o1!, o2],
    lead: lead!,
    reviewer: reviewer!,
    day: (after) => clock.advanceMs((firstDay(quarter) + after) * msPerDay + 9 * 3_600_000 - clock.nowMs()),
    ask,
    post: (person, note) => ask(person, "/api/releases/note", { method: "POST", ...textOf(note) }),
  };
}

export function keysOf({ identity, verifier }: TestPerson): Pick<Reviewer, "recipient" | "verifier"> {
  return { recipient: recipientOf(identity), verifier };
}

export function textOf(note: Uint8Array): RequestInit {
  return { body: new Uint8Array(note), headers: { "content-type": "text/plain; charset=utf-8" } };
}

/** The text, signed by these people. */
export function noteBy(text: string, ...people: readonly TestPerson[]): Uint8Array {
  const [first, ...others] = people;
  return others.reduce(
    (note, { id, signing }) => addSignature(note, id, signing),
    signNote(text, first!.id, first!.signing),
  );
}

/** Files of labels that say nothing, to both officers. */
export function someLabels(officers: readonly TestPerson[], bytes = 131_072): Sealed {
  const recipients = officers.map(({ identity }) => recipientOf(identity));
  const body = systemChance.bytes(bytes - frameHeadBytes);
  return seal(recipients, encodeFrame({ kind: "labels", body }), systemChance);
}

/** Of what somebody signed as two parts the first one alone, sealed to both officers. */
export function halfOfLabels(author: TestPerson, officers: readonly TestPerson[]): Sealed {
  const item = { category: "CAT", region: "ML07", unit: new Uint8Array(16), locality: new Uint8Array(16) };
  const { taxonomy, geography } = countedBy;
  const versions = { taxonomy: taxonomy.version, geography: geography.version };
  const items = Array.from({ length: 4000 }, () => item);
  const parts = encodeLabels(items, { instance, period: quarter, author: author.id, ...versions }, systemChance);
  if (parts.length !== 2) throw new Error("not two parts");
  const body = concat(parts[0]!, sign(author.signing, labelsMessage(parts[0]!)));
  const recipients = officers.map(({ identity }) => recipientOf(identity));
  return seal(recipients, encodeFrame({ kind: "labels", body }), systemChance);
}

export function planOf(rest: Partial<Plan> = {}): Plan {
  const period = rest.period ?? quarter;
  return {
    instance,
    period,
    publishesMs: ((lastDay(period) + 60) * msPerDay + 10 * 3_600_000) as UnixMs,
    previous: new Uint8Array(32),
    officers: ["o1", "o2"],
    epsilon: epsilons,
    budget: { numerator: 1, denominator: 1 },
    keySpace: countedBy,
    ...rest,
  };
}

/** Every note of a quarter, each over the ones before. */
export function notesOf(officers: readonly TestPerson[], labels: readonly Uint8Array[], plan = planOf()) {
  const planned = noteBy(planText(plan), ...officers);
  const { period } = plan;
  const of = { instance, period, attempt: 1, plan: sha256(planned) };
  const commits = officers.map((one) =>
    noteBy(commitText({ ...of, officer: one.id, seed: sha256(new Uint8Array(32)) } satisfies Commit), one),
  );
  const claim: Claim = { ...of, commits: commits.map(sha256), labels };
  const claimed = noteBy(claimText(claim), officers[0]!);
  const grounds = { plan: of.plan, commits: claim.commits, claim: sha256(claimed), attempt: 1 };
  const release = releaseOf(plan, figuresOf(plan), grounds, null);
  return { plan: planned, commits, claim: claimed, release: noteBy(releaseText(release), ...officers) };
}

/** One everywhere: what nobody would draw. */
function figuresOf({ keySpace }: Plan): Figures {
  const [t1, t2] = tableIds.map((table) => cellsOf(table, keySpace).map(() => 1));
  return { t1: t1!, t2: t2! };
}

/** The same on a loopback port, with identity files, for whoever works at a terminal or in a browser. */
export interface ServedQuarter extends QuarterGate {
  readonly url: string;
  /** Where an identity file lies, its passphrase beside it. */
  identityOf(person: TestPerson): string;
  /** Runs a command as this person. */
  as(person: TestPerson, ...words: readonly string[]): Promise<Said>;
  stop(): Promise<void>;
}

/** A member of the board signs a claim, on a machine without any network. */
export async function authoriseClaim(at: QuarterGate, member: number, from: string, to: string): Promise<void> {
  const person = at.gate.board.board[member]!;
  const { home } = at.gate.store;
  const identity = join(home, `${person.id}.age`);
  await writeFile(join(home, `${person.id}.passphrase`), passphrase);
  await writeFile(identity, await quickIdentity(person, passphrase));
  const who = ["--identity", identity, "--passphrase-file", join(home, `${person.id}.passphrase`)];
  const { code, err } = await runGundo("release", "authorise", "--note", from, "--out", to, ...who);
  if (code !== 0) throw new Error(err);
}

export const passphrase = "sept mots pour une seule clef";

export async function serveQuarter(
  people: (at: QuarterGate) => readonly TestPerson[],
  console = false,
): Promise<ServedQuarter> {
  const at = await withQuarter(console);
  const { home } = at.gate.store;
  const identityOf = ({ id }: TestPerson): string => join(home, `${id}.age`);
  await writeFile(join(home, "anchors.json"), at.gate.anchors!);
  for (const person of people(at)) {
    await writeFile(join(home, `${person.id}.passphrase`), `${passphrase}\n`);
    await writeFile(identityOf(person), await quickIdentity(person, passphrase));
  }
  const web = await listen((request) => at.gate.app.fetch(request), "127.0.0.1", 0);
  const url = `http://127.0.0.1:${web.port}`;
  at.gate.origins.push(url);
  const as: ServedQuarter["as"] = (person, ...words) => {
    const who = ["--identity", identityOf(person), "--passphrase-file", join(home, `${person.id}.passphrase`)];
    return runGundo(...words, "--url", url, ...who);
  };
  const stop = async (): Promise<void> => {
    await web[Symbol.asyncDispose]();
    await at.gate.store.stop();
  };
  return Object.assign(at, { url, identityOf, as, stop });
}
