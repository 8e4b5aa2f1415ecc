import { equal, hex } from "../../base/bytes.ts";
import { deskReviewers, findDesk, findReviewer, type Desk, type Reviewer, type RosterBody } from "../roster.ts";

/** One difference between a roster and the one before it: together they are all that a signature would change. */
export type Change =
  | { readonly change: "admitted"; readonly person: Reviewer; readonly desks: readonly string[] }
  | { readonly change: "removed"; readonly person: Reviewer }
  | { readonly change: "keys"; readonly person: Reviewer }
  | { readonly change: "details" | "service"; readonly person: Reviewer; readonly former: Reviewer }
  | { readonly change: "order" }
  | { readonly change: "deskOpened" | "deskClosed"; readonly desk: Desk }
  | { readonly change: "deskDetails"; readonly desk: Desk; readonly former: Desk }
  | { readonly change: "joined" | "left"; readonly desk: Desk; readonly id: string }
  | { readonly change: "server"; readonly key: "oprf" | "oprfPrevious" | "relay" | "checkpoint" };

/** Everything in which two rosters differ but serial, link and dates; `former` is null for the first one. */
export function changesOf(former: RosterBody | null, next: RosterBody): readonly Change[] {
  const before = former ?? { ...next, reviewers: [], desks: [] };
  return [
    ...peopleChanges(before, next),
    ...orderChanges(before, next),
    ...deskChanges(before, next),
    ...serverChanges(before, next),
  ];
}

function peopleChanges(former: RosterBody, next: RosterBody): readonly Change[] {
  const removed = former.reviewers.filter(({ id }) => findReviewer(next, id) === null);
  return [
    ...removed.map((person) => ({ change: "removed", person }) as const),
    ...next.reviewers.flatMap((person) => {
      const known = findReviewer(former, person.id);
      return known === null ? [admission(next, person)] : personChanges(known, person);
    }),
  ];
}

function admission(roster: RosterBody, person: Reviewer): Change {
  const desks = roster.desks.filter(({ reviewers }) => reviewers.includes(person.id)).map(({ id }) => id);
  return { change: "admitted", person, desks };
}

function personChanges(former: Reviewer, person: Reviewer): readonly Change[] {
  const keysDiffer =
    former.recipient !== person.recipient || !equal(former.verifier.publicKey, person.verifier.publicKey);
  return [
    ...(keysDiffer ? [{ change: "keys", person } as const] : []),
    ...(detailsOf(former) === detailsOf(person) ? [] : [{ change: "details", person, former } as const]),
    ...(former.from === person.from && former.until === person.until
      ? []
      : [{ change: "service", person, former } as const]),
  ];
}

/** What is said of somebody besides their keys and days, in one text. */
function detailsOf({ name, organisation, organisationShort, places, languages, roles }: Reviewer): string {
  return JSON.stringify([name, organisation, organisationShort, places, languages, roles]);
}

/** Who stays, in another order: stanzas go by roster order. */
function orderChanges(former: RosterBody, next: RosterBody): readonly Change[] {
  return staying(former, next) === staying(next, former) ? [] : [{ change: "order" }];
}

function staying(roster: RosterBody, other: RosterBody): string {
  const people = roster.reviewers.filter(({ id }) => findReviewer(other, id) !== null);
  const desks = roster.desks.filter(({ id }) => findDesk(other, id) !== null);
  return [...people, ...desks].map(({ id }) => id).join(" ");
}

function deskChanges(former: RosterBody, next: RosterBody): readonly Change[] {
  const closed = former.desks.filter(({ id }) => findDesk(next, id) === null);
  return [
    ...closed.map((desk) => ({ change: "deskClosed", desk }) as const),
    ...next.desks.flatMap((desk) => {
      const known = findDesk(former, desk.id);
      return known === null ? [{ change: "deskOpened", desk } as const] : changesOfDesk(known, desk, former, next);
    }),
  ];
}

function changesOfDesk(former: Desk, desk: Desk, before: RosterBody, next: RosterBody): readonly Change[] {
  // Somebody admitted or removed is told of once, with their desks.
  const stays = (id: string): boolean => findReviewer(before, id) !== null && findReviewer(next, id) !== null;
  const joined = desk.reviewers.filter((id) => !former.reviewers.includes(id) && stays(id));
  const left = former.reviewers.filter((id) => !desk.reviewers.includes(id) && stays(id));
  return [
    ...(deskDetailsOf(former) === deskDetailsOf(desk) ? [] : [{ change: "deskDetails", desk, former } as const]),
    ...joined.map((id) => ({ change: "joined", desk, id }) as const),
    ...left.map((id) => ({ change: "left", desk, id }) as const),
  ];
}

function deskDetailsOf({ name, places, approvals }: Desk): string {
  return JSON.stringify([name, places, approvals]);
}

function serverChanges(former: RosterBody, next: RosterBody): readonly Change[] {
  const [before, after] = [serverKeysOf(former), serverKeysOf(next)];
  return (["oprf", "oprfPrevious", "relay", "checkpoint"] as const)
    .filter((key) => before[key] !== after[key])
    .map((key) => ({ change: "server", key }));
}

function serverKeysOf({ oprf, relay, checkpoint }: RosterBody) {
  return {
    oprf: hex(oprf.current),
    oprfPrevious: oprf.previous === null ? "" : hex(oprf.previous),
    relay: `${relay.name} ${hex(relay.publicKey)}`,
    checkpoint: `${checkpoint.name} ${hex(checkpoint.publicKey)}`,
  };
}

/** Who reads for each desk, once all is said: the line a member reads last before signing. */
export function readersByDesk(
  roster: RosterBody,
): readonly { readonly desk: Desk; readonly people: readonly Reviewer[] }[] {
  return roster.desks.map((desk) => ({ desk, people: deskReviewers(roster, desk) }));
}
