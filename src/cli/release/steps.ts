import { isoInstant } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { claim, claimAgain, newClaim } from "../../quarter/officer/claim.ts";
import { commit, reveal } from "../../quarter/officer/commit.ts";
import { cosign, drawRelease, handIn, type Looked } from "../../quarter/officer/draw.ts";
import { heldPeriod } from "../../quarter/officer/officer.ts";
import { readInput } from "../arguments.ts";
import type { Command, Terminal } from "../command.ts";
import { writeNewFile } from "../files.ts";
import { officerCommand, periodFor, say } from "./officer.ts";

const commitCommand = officerCommand({
  name: "release commit",
  purpose: "before the quarter ends: draw your seed, and hand in its hash",
  usage: "[--again]",
  help: [
    "The seed lies in DIR and on the server, each time as an age file to your own identity: from another machine, or in the",
    "console, you go on where you stopped. Whoever renews their keys before the end loses it. --again: for a second draw,",
    "once a first was claimed.",
  ],
  options: { again: { type: "boolean" } },
  run: async (officer, values, terminal) => {
    const again = values["again"] === true;
    if (again && values["period"] === undefined) throw new Fault("cli.usage");
    const period = await periodFor(officer, values, "commit");
    const outcome = await commit(officer, period, again ? 2 : 1);
    const sentences = { committed: "your seed is kept, and its hash handed in", already: "you have committed already" };
    say(terminal, values, { period, outcome }, `${period}: ${sentences[outcome]}.`);
  },
});

const claimCommand = officerCommand({
  name: "release claim",
  purpose: "after the 15 days: name the posts that the release is drawn from; then no labels are taken any more",
  usage: "[--out FILE | --note FILE]",
  help: [
    "Once: whichever officer is first. A second claim, after new commitments (gundo release commit --again), needs the board:",
    "--out writes it, enough of the board sign it (gundo release authorise), --note hands it in. It spends ε again.",
  ],
  options: { out: { type: "string" }, note: { type: "string" } },
  run: async (officer, values, terminal) => {
    const { out, note } = values;
    const isSecond = typeof out === "string" || typeof note === "string";
    const period = await periodFor(officer, values, isSecond ? "claimAgain" : "claim");
    if (typeof out === "string") {
      writeNewFile(out, await newClaim(officer, period), 0o644);
      return say(terminal, values, { period, out }, `${period}: the claim is in ${out}; the board signs it.`);
    }
    if (typeof note === "string") await claimAgain(officer, period, readInput(note));
    const outcome = typeof note === "string" ? "claimed" : await claim(officer, period);
    const { claim: held } = await heldPeriod(officer, period);
    const posts = held?.said.labels.length ?? 0;
    const sentence = outcome === "claimed" ? `claimed, ${posts} files of labels` : "was claimed already";
    return say(terminal, values, { period, outcome, posts }, `${period}: ${sentence}.`);
  },
});

const revealCommand = officerCommand({
  name: "release reveal",
  purpose: "after the claim: seal your seed to the other officer",
  help: ["Before the claim it is refused: whoever knew both seeds could choose what to claim."],
  run: async (officer, values, terminal) => {
    const period = await periodFor(officer, values, "reveal");
    await reveal(officer, period);
    say(terminal, values, { period, outcome: "revealed" }, `${period}: your seed is sealed to the other officer.`);
  },
});

const drawCommand = officerCommand({
  name: "release draw",
  purpose: "open the labels, check them, bound them, draw the noise; kept on the disk before anything is shown or sent",
  usage: "[--with-gaps]",
  help: [
    "One officer draws; the other makes the same draw again (gundo release cosign). After a crash run it again: it is the same",
    "draw. --with-gaps: draw although part of what a reviewer signed is missing; ask them first.",
  ],
  options: { "with-gaps": { type: "boolean" } },
  run: async (officer, values, terminal) => {
    const period = await periodFor(officer, values, "draw");
    const { outcome, looked } = await drawRelease(officer, period, values["with-gaps"] === true);
    sayLooked(terminal, looked);
    if (outcome === "gap") throw new Fault("labels.gap");
    const sentence = outcome === "drawn" ? "drawn" : "the draw that was kept";
    say(terminal, values, { period, outcome, ...looked }, `${period}: ${sentence}, sealed to the other officer.`);
  },
});

const cosignCommand = officerCommand({
  name: "release cosign",
  purpose: "make the other officer's draw again from your own seed; if it is the same to the byte, sign it too",
  usage: "[--with-gaps]",
  help: [
    "Your seed in DIR is destroyed after it, the one on the server once the release is handed in. If the draw differs, sign",
    "nothing and call the board. --with-gaps: sign although part of what a reviewer signed is missing; ask them first.",
  ],
  options: { "with-gaps": { type: "boolean" } },
  run: async (officer, values, terminal) => {
    const period = await periodFor(officer, values, "cosign");
    const { outcome, looked } = await cosign(officer, period, values["with-gaps"] === true);
    sayLooked(terminal, looked);
    if (outcome === "gap") throw new Fault("labels.gap");
    const sentence = "the same draw, signed by both; your seed here is destroyed. Hand it in: gundo release publish";
    say(terminal, values, { period, outcome: "cosigned", ...looked }, `${period}: ${sentence}`);
  },
});

const publishCommand = officerCommand({
  name: "release publish",
  purpose: "hand in the release that both signed; the server shows it at its instant, by time alone",
  help: ["Labels, the quarter's key and what the officers handed each other are destroyed on the server with it."],
  run: async (officer, values, terminal) => {
    const period = await periodFor(officer, values, "cosign");
    await handIn(officer, period);
    const { plan } = await heldPeriod(officer, period);
    const publishes = isoInstant(plan.said.publishesMs);
    say(
      terminal,
      values,
      { period, publishes, outcome: "published" },
      `${period}: handed in; shown from ${publishes} on.`,
    );
  },
});

/** What was wrong with posts, in words; never how many labels there were. */
function sayLooked(terminal: Terminal, looked: Looked | null): void {
  for (const { author, gap } of looked?.gaps ?? [])
    terminal.err(
      gap === "part"
        ? `gundo: part of what ${author} posted is missing: ask them, and call the board`
        : `gundo: ${author} posted more than once: it counts nobody twice`,
    );
  for (const { index, why } of looked?.refused ?? [])
    terminal.err(`gundo: post ${index + 1} of the claim counts for nothing (${why}): call the board`);
  if (looked?.strayed === true) terminal.err("gundo: labels of codes that the plan does not count were left out");
}

export const releaseStepCommands: readonly Command[] = [
  commitCommand,
  claimCommand,
  revealCommand,
  drawCommand,
  cosignCommand,
  publishCommand,
];
