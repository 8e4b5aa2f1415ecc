import { systemChance } from "../../src/base/chance.ts";
import { dayOf, systemClock } from "../../src/base/clock.ts";
import type { DeskId } from "../../src/base/brand.ts";
import { Secret } from "../../src/base/secret.ts";
import { demoInstance } from "../../src/config/instance.ts";
import { recipientOf } from "../../src/envelope/recipient.ts";
import { gatewayRoutes } from "../../src/gate/gateway.ts";
import { openIntake } from "../../src/intake/accept.ts";
import { openMailboxes } from "../../src/intake/mailboxes.ts";
import { phoneSettings } from "../../src/intake/phone-settings.ts";
import { openReadings } from "../../src/intake/readings.ts";
import { openReceipts } from "../../src/intake/receipts.ts";
import { derivedSeenKeys } from "../../src/intake/seen.ts";
import { openSources } from "../../src/intake/sources.ts";
import type { PhoneEdge } from "../../src/intake/ussd.ts";
import { openUssdSessions } from "../../src/intake/ussd-sessions.ts";
import { oprfKeyOf } from "../../src/mailbox/oprf-key.ts";
import type { Reviewer, Roster } from "../../src/roster/roster.ts";
import { insertArrival } from "../../src/store/arrival.ts";
import { mailboxStore } from "../../src/store/mailbox.ts";
import { listen } from "../../workers/web.ts";
import { testBoard, testPerson, testRoster } from "../support/board.ts";
import { withStore } from "../support/store.ts";

/** A desk of `readers`, otherwise as the tests' board. */
function rosterOf(readers: number): Roster {
  const made = testBoard(systemClock);
  const [template] = made.body.reviewers;
  const reviewers = Array.from({ length: readers }, (_, index): Reviewer => {
    const { id, identity, verifier } = testPerson(`reader-${index}`);
    return { ...template!, id, recipient: recipientOf(identity), verifier };
  });
  const desk = {
    id: "all" as DeskId,
    name: "Tout",
    places: [],
    approvals: 2,
    reviewers: reviewers.map(({ id }) => id),
  };
  return testRoster(systemClock, { ...made, body: { ...made.body, reviewers, desks: [desk] } });
}

/** The phones' way in, whole and durable, for a desk of as many readers as the first argument says. */
const roster = rosterOf(Number(process.argv[2]));
const held = await withStore();
const { store } = held;
const current = (): Roster => roster;
const mailboxes = openMailboxes(mailboxStore(store.db), systemClock, systemChance);
const receipts = openReceipts({ current: oprfKeyOf(systemChance.bytes(32)), previous: null }, systemChance);
const edge: PhoneEdge = {
  core: openIntake(
    { insertArrival: (arrival) => insertArrival(store.db, arrival) },
    () => [roster.reviewers.length],
    systemClock,
  ),
  mailboxes,
  roster: current,
  clock: systemClock,
  chance: systemChance,
  sources: openSources(systemClock, systemChance),
  seenKeys: derivedSeenKeys(systemChance.bytes(32), systemClock),
  settings: phoneSettings(current, demoInstance(dayOf(systemClock.nowMs())), systemClock),
  sessions: openUssdSessions(systemClock),
  receipts,
  readings: openReadings({ receipts, mailboxes, clock: systemClock }),
};
const web = await listen(gatewayRoutes(edge, [new Secret("bench")], () => undefined).fetch, "127.0.0.1", 0);
process.send!({ port: web.port });
const progress = { ended: false };
/** Twenty derivations always begun, as by a rush of reports: each that ends is followed by another. */
async function keepDeriving(): Promise<void> {
  for (let session = 0; !progress.ended; session++)
    await edge.receipts.forSession(`busy-${session}-${systemClock.nowMs()}`, () => true);
}
if (process.argv[3] === "busy") for (let lane = 0; lane < 20; lane++) void keepDeriving();
process.once("message", () => {
  progress.ended = true;
  const { user, system } = process.cpuUsage();
  process.send!({ cpuMs: (user + system) / 1000, memoryMiB: process.memoryUsage.rss() / 2 ** 20 });
  void web[Symbol.asyncDispose]()
    .then(() => held.stop())
    .then(() => process.disconnect());
});
