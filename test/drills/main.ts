import { runFirefox } from "./firefoxes.ts";
import { runFull } from "./fulls.ts";
import { runKills } from "./kills.ts";
import { runSeizures } from "./seizures.ts";

const drills: Readonly<Record<string, () => Promise<boolean>>> = {
  seizure: runSeizures,
  full: runFull,
  firefox: runFirefox,
};

/** `npm run drill`, or `npm run drill -- 20`: how many kills; `-- seizure`, `-- full`, `-- firefox`. Prints the rows of README.md's tables. */
const [asked = "50"] = process.argv.slice(2);
const well = await (drills[asked]?.() ?? runKills(Number(asked)));
if (!well) process.exitCode = 1;
