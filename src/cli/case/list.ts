import { dayOf, systemClock } from "../../base/clock.ts";
import { parseOptions } from "../arguments.ts";
import type { Command } from "../command.ts";
import { desksOf, openReader, readerOptions, signedIn, type Reader } from "../reader.ts";
import { conversationsAt } from "./desk.ts";
import { fetchStates } from "./requests.ts";
import { listedJson, listedLine, type ListedCase } from "./words.ts";

const options = {
  ...readerOptions,
  desk: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const caseListCommand: Command = {
  name: "case list",
  purpose: "the cases of your desks, with their state and what is due",
  help: [
    "gundo case list --url URL --identity FILE --passphrase-file FILE [--anchors FILE] [--desk ID] [--json]",
    "",
    "One line a case, follow-ups counted with it (+1); with --json one object a line. The state is what the server was told:",
    "gundo case show checks it. What you stepped aside from is listed as waiting, as it is for whoever never began it.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const reader = await openReader(values, terminal);
    const today = dayOf(systemClock.nowMs());
    await signedIn(reader, async () => {
      for (const desk of desksOf(reader, values.desk))
        for (const listed of await listedAt(reader, desk))
          terminal.out(values.json ? JSON.stringify(listedJson(listed, today)) : listedLine(listed, today));
    });
    return 0;
  },
};

/** The conversations of a desk, each with what the server says of its case. */
export async function listedAt(reader: Reader, desk: Parameters<typeof conversationsAt>[1]): Promise<ListedCase[]> {
  const conversations = await conversationsAt(reader, desk);
  const doors = conversations.map(({ first }) => first.message.report.door);
  const states = await fetchStates(reader.client, doors);
  return conversations.map((conversation, index) => ({ conversation, server: states[index] ?? null }));
}
