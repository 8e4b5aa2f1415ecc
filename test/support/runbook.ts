import { readFileSync } from "node:fs";
import { join } from "node:path";

const checkout = join(import.meta.dirname, "../..");

/** The commands of deploy/RUNBOOK.md's ceremony, by the heading they stand under, in order. */
export function ceremonySteps(): ReadonlyMap<string, string> {
  const runbook = readFileSync(join(checkout, "deploy/RUNBOOK.md"), "utf8");
  const ceremony = runbook.split(/^## /m).find((section) => section.startsWith("The ceremony\n")) ?? "";
  const steps = ceremony.split(/^### /m).slice(1);
  return new Map(
    steps.map((step) => [
      step.slice(0, step.indexOf("\n")),
      [...step.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, commands]) => commands).join(""),
    ]),
  );
}

/** The example of `instance.json` that the runbook shows. */
export function exampleInstance(): string {
  const runbook = readFileSync(join(checkout, "deploy/RUNBOOK.md"), "utf8");
  return /^ *```json\n(.*?)^ *```$/ms.exec(runbook)![1]!;
}

/** `npx gundo` as the launcher of this checkout, whatever npx is: the same program, without a registry in reach. */
export const shellPrelude = `set -eu\nnpx() { test "$1" = gundo; shift; "${join(checkout, "src/cli/gundo")}" "$@"; }\n`;
