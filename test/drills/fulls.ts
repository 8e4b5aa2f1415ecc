import { mayMount } from "./full/disk.ts";
import { fullDrill, type Full, type Phase } from "./full/full.ts";
import { channels } from "./full/letters.ts";

/** The drill of the full disk; prints the rows of README.md's table. One sentence where this user may not mount. */
export async function runFull(): Promise<boolean> {
  if (!mayMount) {
    console.log("the drill of the full disk mounts a small one: only root may, and this user is not");
    return true;
  }
  const full = await fullDrill();
  for (const [name, phase] of Object.entries(full.phases)) console.log(rowOf(name, phase));
  const { repeated, secondsToReady, lost, doubled, halves, lived, lostByRestart, told } = full;
  const counts = { lost, doubled, lostByRestart, told };
  for (const [name, wrong] of Object.entries(counts)) console.log(`| ${name} | ${wrong.length} |`);
  console.log(
    `| repeated until taken | ${repeated} |\n| half-written | ${halves} |\n| lived | ${lived ? "yes" : "no"} |`,
  );
  console.log(`| seconds until ready | ${secondsToReady} |\n| on a read-only disk | ${full.refusedStart} |`);
  for (const wrong of Object.values(counts).flat()) console.log(`  ${wrong}`);
  return isWell(full);
}

function rowOf(name: string, phase: Phase): string {
  const cells = channels.map((channel) => Object.values(phase[channel]).join(", "));
  return `| ${[name, ...cells].join(" | ")} |`;
}

function isWell({ lost, doubled, lostByRestart, told, halves, phases, lived, refusedStart }: Full): boolean {
  const wrongs = Object.values(phases).flatMap((phase) => channels.map((channel) => phase[channel].wrong));
  const none =
    [...lost, ...doubled, ...lostByRestart, ...told].length === 0 && halves === 0 && Math.max(...wrongs) === 0;
  return none && lived && refusedStart.includes("(home.refused)");
}
