/** What an incoming SMS means (phones.md, SMS). */
export type SmsMeaning =
  | { readonly kind: "nothing" }
  | { readonly kind: "help" }
  /** `capsule`: the sender asks for an answer by SMS, so the number goes into a reply capsule. */
  | { readonly kind: "report"; readonly text: string; readonly capsule: boolean };

function isHelp(text: string): boolean {
  const bare = text.normalize("NFD").replace(/[\p{M}\s]/gu, "");
  return /^(aide|help)$/i.test(bare);
}

/**
 * Any text is a report and kept exactly as it came, but `AIDE`/`HELP` alone, in any case, with any accent or space, and
 * `R ` first, which asks for a capsule and is not part of the report. Only the capital counts: a number is put into a
 * capsule for who asked for it, never by a guess.
 */
export function meaningOf(text: string): SmsMeaning {
  if (isHelp(text)) return { kind: "help" };
  const capsule = text.startsWith("R ");
  const report = capsule ? text.slice(2) : text;
  return report.trim() === "" ? { kind: "nothing" } : { kind: "report", text: report, capsule };
}
