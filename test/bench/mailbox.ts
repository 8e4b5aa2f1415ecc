import { utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { argon2id } from "../../src/mailbox/argon2id-node.ts";
import { deriveMailbox } from "../../src/mailbox/mailbox.ts";
import { oprfKeyOf } from "../../src/mailbox/oprf-key.ts";
import { blind, blindEvaluate, evaluate, finalize } from "../../src/mailbox/oprf.ts";
import { newReceipt } from "../../src/mailbox/receipt.ts";
import { bundleForBrowser, run } from "../mailbox/bundle.ts";

const rounds = 15;

async function medianMs(act: () => unknown): Promise<string> {
  const taken: number[] = [];
  await act();
  for (let round = 0; round < rounds; round++) {
    const before = performance.now();
    await act();
    taken.push(performance.now() - before);
  }
  return `${taken.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!.toFixed(1)} ms`;
}

/** Time of each step of a receipt, one at a time, on Node; medians. */
export async function mailboxBench(): Promise<readonly string[]> {
  const wasm = await run<{ argon2id: typeof argon2id }>(await bundleForBrowser("src/mailbox/argon2id-wasm.ts"));
  const receipt = newReceipt(systemChance);
  const key = oprfKeyOf(systemChance.bytes(32));
  const blinding = blind(receipt, systemChance);
  const answer = blindEvaluate(key, blinding.blinded, systemChance);
  const y = evaluate(key, receipt);
  const salt = y.subarray(0, 16);
  const steps: Readonly<Record<string, () => unknown>> = {
    "evaluate (edge, in clear)": () => evaluate(key, receipt),
    "blind (page)": () => blind(receipt, systemChance),
    "blindEvaluate (edge)": () => blindEvaluate(key, blinding.blinded, systemChance),
    "finalize (page)": () => finalize(blinding, answer, key.publicKey),
    "argon2id, node:crypto": () => argon2id(utf8(receipt), salt),
    "argon2id, WebAssembly": () => wasm.argon2id(utf8(receipt), salt),
    "deriveMailbox (Node)": () => deriveMailbox(receipt, y),
  };
  const lines: string[] = [];
  for (const [step, act] of Object.entries(steps)) lines.push(`${step}: ${await medianMs(act)}`);
  return lines;
}
