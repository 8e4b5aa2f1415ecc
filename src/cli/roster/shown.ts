import { dayOf, isoDay } from "../../base/clock.ts";
import { changesOf, readersByDesk, type Change } from "../../roster/ceremony/changes.ts";

import type { RosterBody } from "../../roster/roster.ts";

/** The same for a script: ids only. */
export function changeJson(former: RosterBody | null, next: RosterBody): Readonly<Record<string, unknown>> {
  return {
    instance: next.instance,
    serial: next.serial,
    expires: isoDay(dayOf(next.expiresMs)),
    changes: changesOf(former, next).map(idsOf),
    desks: readersByDesk(next).map(({ desk, people }) => ({ id: desk.id, reviewers: people.map(({ id }) => id) })),
  };
}

function idsOf(change: Change): Readonly<Record<string, string>> {
  return {
    change: change.change,
    ...("person" in change && { person: change.person.id }),
    ...("id" in change && { person: change.id }),
    ...("desk" in change && { desk: change.desk.id }),
    ...("key" in change && { key: change.key }),
  };
}
