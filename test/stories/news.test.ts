import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, dayOf, type UnixMs } from "../../src/base/clock.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { recipientOf } from "../../src/envelope/recipient.ts";
import type { Reviewer } from "../../src/roster/roster.ts";
import { insertNote, withReleases } from "../../src/store/release.ts";
import { trendRoutes } from "../../src/gate/trends.ts";
import { trendsOf } from "../../workers/trends.ts";
import { turn } from "../conformance/edge.ts";
import { signedBy, type TestPerson } from "../support/board.ts";
import { withCore, type TestCore } from "../support/core.ts";
import { keysFor, nodeEdge, workerEdge, type NodeTestEdge, type TestEdge } from "../support/edge.ts";
import { someFigures } from "../support/release.ts";
import { officers } from "../support/releases.ts";
import { until } from "../support/store.ts";
import { publicNotes } from "../support/trend-notes.ts";

const announcement =
  "CON Chaque trimestre: ce qui est signale dans le pays, en chiffres, sans nom ni village.\n1 Suite";
const bulletin = /^CON janv-mars 2027, tout le pays: environ 205 signalements \(de \d+ a \d+\)\.\n1 Suite$/;
const msPerHour = 3_600_000;

let core: TestCore;
let instant: UnixMs;
beforeAll(async () => {
  core = await withCore();
  const { body, board } = core.board;
  const reviewers = [...body.reviewers, ...officers.map(asOfficer)];
  const next = { ...body, serial: 2, previous: sha256(core.keys.note()), reviewers };
  core.publish(signedBy(board.slice(0, 2), next));
  instant = (core.clock.nowMs() + msPerHour) as UnixMs;
});
afterAll(() => core.stop());

function asOfficer({ id, identity, verifier }: TestPerson, index: number): Reviewer {
  const today = dayOf(core.clock.nowMs());
  const organisation = ["Sabu", "Kelen"][index]!;
  return {
    id,
    name: `Officer ${id}`,
    organisation,
    organisationShort: organisation,
    places: [],
    languages: ["fr"],
    recipient: recipientOf(identity),
    verifier,
    roles: ["release"],
    from: addDays(today, -1),
    until: addDays(today, 365),
  };
}

/** What "5 Nouvelles" shows first, dialled anew. */
async function newsOn(edge: TestEdge): Promise<string> {
  const session = `news-${sessions++}`;
  await edge.request(...turn(session, ""));
  return (await edge.request(...turn(session, "5"))).text();
}
let sessions = 0;

async function publish(): Promise<void> {
  const notes = publicNotes([{ period: "2027-Q1", figures: someFigures }]);
  await withReleases(core.store.store.db, async (trx) => {
    for (const stored of notes) await insertNote(trx, stored, stored.name === "release" ? instant : core.clock.nowMs());
  });
}

/** The pages over the core's own store. */
function pages(): ReturnType<typeof trendRoutes> {
  const { store, clock, board } = core;
  return trendRoutes(
    trendsOf({ mode: "production", store: store.store, clock, keys: keysFor(core), anchors: board.anchors }),
  );
}

describe("a bulletin on the page and on a phone whose edge is elsewhere", () => {
  let edge: NodeTestEdge;
  beforeAll(async () => {
    edge = await nodeEdge(core);
  });
  afterAll(() => edge.stop());

  test("is announced before its instant, though it lies in the core", async () => {
    await publish();
    core.clock.advanceMs(60_000);
    edge.refresh();
    expect(await newsOn(edge)).toBe(announcement);
    expect(core.heard.some(({ path }) => path === "/api/releases")).toBe(true);
    expect(core.heard.some(({ path }) => path === "/api/releases/note")).toBe(false);
    const words = await (await pages().request("/trends")).text();
    expect(words).toContain("Le premier bulletin, sur janvier à mars 2027, paraîtra ici");
    expect((await pages().request("/trends/2027-Q1/t1.csv")).status).toBe(404);
  });

  test("is shown from its instant on, once both officers' signatures held", async () => {
    core.clock.advanceMs(instant - core.clock.nowMs());
    edge.refresh();
    await until(async () => bulletin.test(await newsOn(edge)));
    expect(edge.events.filter(({ event }) => event === "failed")).toEqual([]);
    expect(await (await pages().request("/trends")).text()).toContain("environ 206 signalements");
    expect(await (await pages().request("/trends/2027-Q1/t1.csv")).text()).toContain("2027-Q1,DRG");
  });

  test("stays when the core is away", async () => {
    core.shut = true;
    core.clock.advanceMs(60_000);
    edge.refresh();
    await until(() => Promise.resolve(edge.events.some((one) => "part" in one && one.part === "trends")));
    core.shut = false;
    expect(await newsOn(edge)).toMatch(bulletin);
  });

  test("is verified and shown in workerd too", async () => {
    const worker = await workerEdge(core);
    try {
      await until(async () => bulletin.test(await newsOn(worker)));
    } finally {
      await worker.stop();
    }
  });
});
