import { Fault } from "../../base/fault.ts";
import { knowers, outcomes, type CaseAct, type Label } from "../../envelope/case-act.ts";
import { hashDoor } from "../../envelope/door.ts";
import { isReadByAllOf } from "../../roster/conversation.ts";
import { required } from "../arguments.ts";
import type { Command } from "../command.ts";
import { actCommand, textOf } from "./command.ts";
import { conversationOf } from "./desk.ts";

const text = { type: "string" } as const;
const textOptions = { text, "text-file": text } as const;

const handOver = actCommand({
  name: "case hand-over",
  purpose: "hand a case you lead to another reviewer",
  usage: "--to NAME",
  help: ["NAME is a reviewer of the desk, as gundo roster show names them."],
  options: { to: text },
  act: ({ to }): CaseAct => ({ kind: "handOver", to: required(String(to ?? "")) }),
});

const stepAside = actCommand({
  name: "case step-aside",
  purpose: "leave a case for good, because you know somebody in it",
  usage: "",
  help: [
    "From then on the server answers as if there were no such case, and what is written is not sealed to you. The report",
    "stays in your inbox, as it does for everybody. It cannot be undone.",
  ],
  options: {},
  act: (): CaseAct => ({ kind: "aside" }),
});

const note = actCommand({
  name: "case note",
  purpose: "write a note for the other readers of a case",
  usage: "--text WORDS | --text-file FILE",
  help: ["At most 4000 bytes. Whoever excluded themselves or was excluded reads nothing of it."],
  options: textOptions,
  act: (values): CaseAct => ({ kind: "note", text: textOf(values) }),
});

const label = actCommand({
  name: "case label",
  purpose: "say what a report counts as",
  usage: "--category CODE --place P-CODE [--plausible] [--unit T] [--incident T] [--locality T]",
  help: [
    "The newest label counts. --place: a cercle or région, never a village. --plausible: it stands on its own.",
    "--taxonomy and --geography name the versions of the category and place files (default 2026-1).",
  ],
  options: {
    category: text,
    place: text,
    unit: text,
    incident: text,
    locality: text,
    taxonomy: text,
    geography: text,
    plausible: { type: "boolean" },
  },
  act: (values): CaseAct => ({ kind: "label", label: labelIn(values) }),
});

function labelIn(values: Readonly<Record<string, string | boolean | undefined>>): Label {
  const given = (name: string): string | undefined => (typeof values[name] === "string" ? values[name] : undefined);
  const place = required(given("place"));
  if (!/^ML(\d{2}|\d{4})$/.test(place)) throw new Fault("cli.usage");
  const [unit, incident, locality] = [given("unit"), given("incident"), given("locality")];
  return {
    category: required(given("category")),
    place,
    ...(unit !== undefined && { unit }),
    ...(incident !== undefined && { incident }),
    ...(locality !== undefined && { locality }),
    plausible: values["plausible"] === true,
    taxonomy: given("taxonomy") ?? firstVersion,
    geography: given("geography") ?? firstVersion,
  };
}

const firstVersion = "2026-1";

const assess = actCommand({
  name: "case assess",
  purpose: "say whether a report points at who made it: before a case is passed on",
  usage: `--knowers ${knowers.join(" | ")} [--named]`,
  help: [
    "How many people could have known what it says: one, 2 to 4 (few), 5 to 20 (some), more (many). --named: the facts alone",
    "name the source. Under five, or named, the case is not closed as passedOn, by nobody.",
  ],
  options: { knowers: text, named: { type: "boolean" } },
  act: (values): CaseAct => {
    const count = knowers.find((known) => known === values["knowers"]);
    if (count === undefined) throw new Fault("cli.usage");
    return { kind: "assess", exposure: { knowers: count, named: values["named"] === true } };
  },
});

const link = actCommand({
  name: "case link",
  purpose: "say that another report is about the same matter",
  usage: "--with ID",
  help: [
    "Refused when the other report excludes anybody who may read this one: they would learn that there is something they",
    "must not know.",
  ],
  options: { with: text },
  act: async (values, { reader, conversation }): Promise<CaseAct> => {
    const other = await conversationOf(reader, required(String(values["with"] ?? "")));
    const { first } = other;
    const { exclude } = conversation.first.message.report;
    const isRead = isReadByAllOf(first.message.report.exclude, exclude) && first.desk.id === conversation.first.desk.id;
    if (!isRead) throw new Fault("case.readers");
    return { kind: "link", doors: [hashDoor(first.message.report.door)] };
  },
});

const close = actCommand({
  name: "case close",
  purpose: "close a case",
  usage: `--outcome ${outcomes.join(" | ")}`,
  help: [
    "Its events die 30 days later, or 15 days after the quarter's end if that is later. A follow-up opens it again.",
  ],
  options: { outcome: text },
  act: (values): CaseAct => {
    const outcome = outcomes.find((known) => known === values["outcome"]);
    if (outcome === undefined) throw new Fault("cli.usage");
    return { kind: "close", outcome };
  },
});

const reopen = actCommand({
  name: "case reopen",
  purpose: "open a closed case again",
  usage: "--text WORDS | --text-file FILE",
  help: ["Say why. A follow-up opens a case by itself, with whatever is written next."],
  options: textOptions,
  act: (values): CaseAct => ({ kind: "reopen", text: textOf(values) }),
});

/** Commands that post one event and do nothing else. */
export const actCommands: readonly Command[] = [handOver, stepAside, note, label, assess, link, close, reopen];
