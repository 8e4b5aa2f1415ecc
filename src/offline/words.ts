import type { FaultCode } from "../base/fault.ts";
import type { CeremonyLanguage } from "../roster/ceremony/words.ts";
import type { Content } from "./recognise.ts";
import type { ReleasesWords } from "./releases-words.ts";
import type { TaskId } from "./tasks.ts";
import type { Step } from "./tasks/next.ts";

/** Every word of the page, in one language. */
export interface OfflineWords {
  readonly language: CeremonyLanguage;
  readonly title: string;
  readonly intro: string;
  /** The button that changes to the other language, in that language. */
  readonly other: { readonly language: CeremonyLanguage; readonly name: string };
  readonly tasksTitle: string;
  readonly tasks: Readonly<Record<TaskId, string>>;
  readonly resultTitle: string;
  readonly refusedTitle: string;
  readonly busy: string;
  readonly table: TableWords;
  /** What to call a kind of file beside a choice. */
  readonly files: Readonly<Record<"identity" | "anchors" | "server" | "enrolment", string>>;
  /** What to add when there is none to choose. */
  readonly missing: Readonly<Record<"identity" | "anchors" | "server" | "enrolment" | "draft" | "notes", string>>;
  /** What a file on the table is; of a damaged one its refusal is told. */
  readonly described: {
    readonly [Kind in Exclude<Content["kind"], "refused">]: (content: Content & { readonly kind: Kind }) => string;
  };
  readonly refusal: (code: FaultCode) => string;
  readonly spoken: string;
  readonly spokenHint: string;
  readonly passphrase: PassphraseWords;
  readonly keys: KeysWords;
  readonly kit: KitWords;
  readonly begin: BeginWords;
  readonly board: BoardWords;
  readonly next: NextWords;
  readonly person: PersonWords;
  readonly desk: DeskWords;
  readonly sign: SignWords;
  readonly merge: MergeWords;
  readonly verify: VerifyWords;
  readonly releases: ReleasesWords;
}

interface TableWords {
  readonly title: string;
  readonly hint: string;
  readonly add: string;
  readonly empty: string;
  readonly save: (name: string) => string;
  readonly unsaved: string;
  readonly remove: (name: string) => string;
}

interface PassphraseWords {
  readonly present: string;
  readonly fresh: string;
  readonly hint: string;
  readonly again: string;
  readonly propose: string;
  readonly proposed: string;
}

interface KeysWords {
  readonly intro: string;
  readonly id: string;
  readonly idHint: string;
  readonly act: string;
  readonly made: (id: string) => string;
  readonly afterwards: string;
  readonly change: string;
  readonly changeAct: string;
  readonly changed: (id: string) => string;
}

interface KitWords {
  readonly intro: string;
  readonly act: string;
  readonly copy: string;
  readonly back: string;
  readonly typed: string;
  readonly typedHint: string;
  readonly backAct: string;
  readonly recovered: (id: string) => string;
  readonly noName: string;
  readonly wrongLine: (line: number) => string;
}

interface BeginWords {
  readonly intro: string;
  readonly instance: string;
  readonly instanceHint: string;
  readonly member: (id: string) => string;
  readonly memberName: string;
  readonly threshold: string;
  readonly desk: string;
  readonly act: string;
  readonly made: (threshold: number, members: number) => string;
  readonly afterwards: string;
}

interface BoardWords {
  readonly intro: string;
  readonly roster: string;
  readonly noRoster: string;
  readonly stays: string;
  readonly act: string;
  readonly afterwards: string;
}

interface NextWords {
  readonly intro: string;
  readonly base: string;
  readonly noBase: string;
  readonly goOn: (name: string) => string;
  readonly beginAfter: (name: string, serial: number) => string;
  readonly asItStands: string;
  readonly ready: string;
  readonly notReady: (why: string) => string;
  readonly servesShort: (id: string, until: string, last: string) => string;
  readonly changed: string;
  readonly removeHint: string;
  readonly steps: Readonly<Record<Step, string>>;
  readonly acts: Readonly<Record<Step, string>>;
}

interface PersonWords {
  readonly who: string;
  readonly everybody: string;
  readonly name: string;
  readonly organisation: string;
  readonly short: string;
  readonly shortHint: string;
  readonly places: string;
  readonly placesHint: string;
  readonly languages: string;
  readonly languagesHint: string;
  readonly role: string;
  readonly roles: Readonly<Record<"review" | "lead" | "release", string>>;
  readonly desks: string;
  readonly until: string;
}

interface DeskWords {
  readonly which: string;
  readonly another: string;
  readonly id: string;
  readonly name: string;
  readonly nameHint: string;
  readonly places: string;
  readonly placesHint: string;
  readonly approvals: string;
  readonly readers: string;
}

interface SignWords {
  readonly intro: string;
  readonly paper: string;
  readonly changes: string;
  readonly withoutFormer: string;
  readonly read: string;
  readonly act: string;
  readonly signed: (id: string) => string;
  readonly afterwards: string;
  readonly notOnBoard: (id: string) => string;
}

interface MergeWords {
  readonly intro: string;
  readonly notes: string;
  readonly act: string;
  readonly signed: (signers: readonly string[], threshold: number) => string;
  readonly afterwards: string;
  readonly newBoard: string;
}

interface VerifyWords {
  readonly intro: string;
  readonly paper: string;
  readonly act: string;
  readonly good: (serial: number, until: string) => string;
  readonly stale: string;
  readonly compare: string;
  readonly readBy: (desk: string) => string;
  readonly changes: string;
  readonly goodBoard: string;
  readonly takeBoard: string;
}

/** What a file is, or why it is refused. */
export function describe(words: OfflineWords, content: Content): string {
  if (content.kind === "refused") return words.refusal(content.code);
  const said = words.described[content.kind] as (content: Content) => string;
  return said(content);
}
