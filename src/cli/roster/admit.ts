import { checkFingerprint, enrolmentFingerprint, parseEnrolment } from "../../roster/ceremony/enrolment.ts";
import { lastServiceDay } from "../../roster/ceremony/draft.ts";
import { admit, type Service } from "../../roster/ceremony/people.ts";
import { Fault } from "../../base/fault.ts";
import type { Role } from "../../roster/roster.ts";
import { parseOptions, readInput, required } from "../arguments.ts";
import type { Command } from "../command.ts";
import { editDraft } from "./edit.ts";
import { ceremonyOptions } from "./keys-directory.ts";
import { dayNamed, deskId, today } from "./options.ts";

const many = { type: "string", multiple: true, default: [] as string[] } as const;
const options = {
  ...ceremonyOptions,
  request: { type: "string" },
  fingerprint: { type: "string" },
  name: { type: "string" },
  organisation: { type: "string" },
  short: { type: "string" },
  place: many,
  language: many,
  desk: many,
  lead: { type: "boolean", default: false },
  release: { type: "boolean", default: false },
  until: { type: "string" },
} as const;

export const rosterAdmitCommand: Command = {
  name: "roster admit",
  purpose: "put somebody into the draft of the next roster, from their enrolment request",
  help: [
    "gundo roster admit --request FILE --name NAME --organisation NAME --short NAME --desk ID … [--place P-CODE …]",
    "                   [--language fr …] [--lead | --release] [--until YYYY-MM-DD] [--fingerprint DIGITS]",
    "                   [--keys DIRECTORY] [--draft FILE] [--json]",
    "",
    "The request must be signed by the very keys in it. Call the person, let them read their fingerprint, and give it as",
    '--fingerprint "1234 …": anything else is refused. --short is what a phone shows (16 characters at most). --place: where',
    "the person lives or works, so that informants there can exclude them. --release: an officer, in no desk. They serve until",
    "the roster's 30 days of grace are over, unless --until names another day.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const enrolment = parseEnrolment(readInput(required(values.request)));
    if (values.fingerprint !== undefined) checkFingerprint(enrolment, values.fingerprint);
    const service = serviceOf(values);
    const until = dayNamed(values.until);
    const code = editDraft(values, terminal, (draft) =>
      admit(draft, enrolment, { ...service, until: until ?? lastServiceDay(draft) }),
    );
    if (!values.json) terminal.out(`Fingerprint of ${enrolment.id}: ${enrolmentFingerprint(enrolment)}`);
    return code;
  },
};

type Values = ReturnType<typeof parseOptions<typeof options>>["values"];

function serviceOf(values: Values): Omit<Service, "until"> {
  const organisation = required(values.organisation);
  return {
    name: required(values.name),
    organisation,
    organisationShort: values.short ?? organisation,
    places: values.place,
    languages: values.language.length === 0 ? ["fr"] : values.language,
    roles: rolesOf(values.lead, values.release),
    from: today(),
    desks: values.desk.map(deskId),
  };
}

function rolesOf(lead: boolean, release: boolean): readonly Role[] {
  if (lead && release) throw new Fault("cli.usage");
  if (release) return ["release"];
  return lead ? ["review", "lead"] : ["review"];
}
