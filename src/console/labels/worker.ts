import { base64 } from "../../base/bytes.ts";
import { dayOf } from "../../base/clock.ts";
import type { Worker } from "../../quarter/key.ts";
import { formerRosters } from "../case/read.ts";
import type { Console, Session } from "../console.ts";

/** Whoever is signed in, at work in a quarter: files are opened by the workers. */
export async function quarterWorker({ clock, chance }: Console, session: Session): Promise<Worker> {
  const { roster, keys, openers, api } = session;
  return {
    way: api,
    rosters: [roster, ...(await formerRosters(session, roster))],
    keys,
    today: dayOf(clock.nowMs()),
    chance,
    open: async (files) => {
      const named = files.map((sealed, index) => ({ id: String(index), sealed: base64(sealed) }));
      return (await openers.open(named, keys, 0)).map(({ frame }) => frame);
    },
  };
}
