import type { UnixDay } from "../../base/clock.ts";
import { lastServiceDay } from "../../roster/ceremony/draft.ts";
import { checkFingerprint, parseEnrolment, type Enrolment } from "../../roster/ceremony/enrolment.ts";
import { extend, renewKeys, renewServer } from "../../roster/ceremony/people.ts";
import { parseServer } from "../../roster/ceremony/server.ts";
import type { RosterBody } from "../../roster/roster.ts";
import { parseOptions, readInput } from "../arguments.ts";
import type { Command } from "../command.ts";
import { editDraft } from "./edit.ts";
import { ceremonyOptions } from "./keys-directory.ts";
import { dayNamed } from "./options.ts";

const options = {
  ...ceremonyOptions,
  id: { type: "string", multiple: true, default: [] as string[] },
  request: { type: "string" },
  fingerprint: { type: "string" },
  server: { type: "string" },
  until: { type: "string" },
} as const;

export const rosterRenewCommand: Command = {
  name: "roster renew",
  purpose: "prolong everybody's or somebody's service, or take new keys of a person or of the server",
  help: [
    "gundo roster renew [--id NAME …] [--until YYYY-MM-DD] [--keys DIRECTORY] [--draft FILE] [--json]",
    "gundo roster renew --request FILE [--fingerprint DIGITS] [--until YYYY-MM-DD] …",
    "gundo roster renew --server FILE …",
    "",
    "Without --id everybody serves as long as the new roster and its 30 days of grace. With --request the person's new keys",
    "take the place of the old ones, and they serve as long. With --server only the server's keys are renewed; its former",
    "VOPRF key stays known.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const named = dayNamed(values.until);
    const until = (draft: RosterBody): UnixDay => named ?? lastServiceDay(draft);
    const { server, request } = values;
    if (server !== undefined) {
      const keys = parseServer(readInput(server));
      return editDraft(values, terminal, (draft) => renewServer(draft, keys));
    }
    if (request === undefined) return editDraft(values, terminal, (draft) => extend(draft, values.id, until(draft)));
    const enrolment = enrolmentIn(request, values.fingerprint);
    return editDraft(values, terminal, (draft) => extend(renewKeys(draft, enrolment), [enrolment.id], until(draft)));
  },
};

function enrolmentIn(path: string, spoken: string | undefined): Enrolment {
  const enrolment = parseEnrolment(readInput(path));
  if (spoken !== undefined) checkFingerprint(enrolment, spoken);
  return enrolment;
}
