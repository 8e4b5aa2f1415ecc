import { systemChance } from "../../src/base/chance.ts";
import { systemClock } from "../../src/base/clock.ts";
import { codeOf } from "../../src/base/fault.ts";
import { insertArrival } from "../../src/store/arrival.ts";
import { startEmbedded } from "../../src/store/embedded/start.ts";
import { openStore } from "../../src/store/open.ts";
import { arrival, seenUnder } from "./reports.ts";

/**
 * A process of its own that tests may kill: starts the home given as its argument, then stores arrivals without end and
 * writes each one's number when it is acknowledged. Ends by itself, with the fault's code, when the home is refused.
 */
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

async function hold(home: string): Promise<void> {
  const embedded = await startEmbedded({ home, chance: systemChance, clock: systemClock, onEvent: say });
  const store = await openStore({ connection: embedded.connection });
  say("open");
  for (let number = 0; ; number++) {
    await insertArrival(store.db, arrival(number, { seen: seenUnder(number) }));
    say(String(number));
  }
}

await hold(process.argv[2]!).catch((error: unknown) => say(codeOf(error)));
