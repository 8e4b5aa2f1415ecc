import { anchorsHash } from "../../roster/anchors.ts";
import { fingerprint, keyFingerprint } from "../../roster/fingerprint.ts";
import type { Anchors } from "../../roster/roster.ts";

/** A change of board in plain words. */
export function boardLines(former: Anchors, next: Anchors): readonly string[] {
  const has = ({ board }: Anchors, key: string): boolean => board.some((one) => lineOf(one) === key);
  const gone = former.board.map(lineOf).filter((line) => !has(next, line));
  const came = next.board.map(lineOf).filter((line) => !has(former, line));
  return [
    `${next.instance}: ${next.threshold} of ${next.board.length} must sign, rosters from ${next.serial} on`,
    ...gone.map((line) => `LEAVES THE BOARD  ${line}`),
    ...came.map((line) => `JOINS THE BOARD  ${line}`),
    `anchors ${fingerprint("gundo/anchors/v1", anchorsHash(next))}`,
  ];
}

function lineOf({ id, name, recipient, verifier }: Anchors["board"][number]): string {
  return `${id}  ${name}  ${keyFingerprint(recipient, verifier.publicKey)}`;
}
