import { equal } from "../base/bytes.ts";
import type { CaseEventHash, DoorHash } from "../base/brand.ts";
import { mayForward, type CaseAct, type CaseState, type Exposure, type Label } from "../envelope/case-act.ts";
import type { CaseEvent } from "../envelope/case-event.ts";

/** An SMS by capsule that somebody proposed. */
export interface Proposal {
  readonly hash: CaseEventHash;
  readonly language: string;
  readonly text: string;
  /** Distinct people, the proposer first; what they signed for the relay, 64 bytes each. */
  readonly approvals: readonly { readonly reviewer: string; readonly signature: Uint8Array }[];
}

/** What a case has come to. */
export interface Progress {
  readonly state: CaseState;
  readonly lead: string | null;
  readonly label: Label | null;
  readonly exposure: Exposure | null;
  readonly links: readonly DoorHash[];
  readonly proposals: readonly Proposal[];
  readonly aside: readonly string[];
}

export const begin: Progress = {
  state: "waiting",
  lead: null,
  label: null,
  exposure: null,
  links: [],
  proposals: [],
  aside: [],
};

/** What the desk of the case lays down. */
export interface CaseRules {
  /** How many people send an SMS. */
  readonly approvals: number;
  readonly isReader: (reviewer: string) => boolean;
}

/**
 * The case after one more event, or null when it does not allow it: a closed case takes notes, labels, assessments and
 * histories, and nothing else until it is opened again; nobody passes on what points at its source;
 * whoever stepped aside does nothing any more; only the leader hands over, to a reader.
 */
export function step(before: Progress, event: CaseEvent, rules: CaseRules): Progress | null {
  const { act, author } = event;
  if (before.aside.includes(author)) return null;
  if (before.state === "closed" && !closedTakes.includes(act.kind)) return null;
  switch (act.kind) {
    case "take":
      return { ...before, lead: author, state: before.state === "waiting" ? "open" : before.state };
    case "handOver":
      return before.lead === author && mayLead(before, act.to, rules) ? { ...before, lead: act.to } : null;
    case "aside":
      return { ...before, lead: before.lead === author ? null : before.lead, aside: [...before.aside, author] };
    case "label":
      return { ...before, label: act.label };
    case "assess":
      return { ...before, exposure: act.exposure };
    case "link":
      return { ...before, links: [...before.links, ...act.doors] };
    case "answer":
      return { ...before, state: "answered" };
    case "propose":
    case "approve":
      return proposed(before, event, act, rules);
    case "close":
      return act.outcome === "passedOn" && !mayForward(before.exposure) ? null : { ...before, state: "closed" };
    case "reopen":
      return before.state === "closed" ? { ...before, state: "open" } : null;
    case "note":
    case "question":
    case "acknowledge":
    case "history":
      break;
  }
  return before;
}

const closedTakes: readonly CaseAct["kind"][] = ["note", "label", "assess", "aside", "reopen", "history"];

function mayLead({ aside }: Progress, reviewer: string, { isReader }: CaseRules): boolean {
  return isReader(reviewer) && !aside.includes(reviewer);
}

type Proposing = Extract<CaseAct, { kind: "propose" | "approve" }>;

function proposed(before: Progress, event: CaseEvent, act: Proposing, rules: CaseRules): Progress | null {
  const approval = { reviewer: event.author, signature: act.signature };
  const meant = act.kind === "propose" ? newProposal(event, act) : proposalOf(before, act.proposal);
  if (meant === null || meant.approvals.some(({ reviewer }) => reviewer === event.author)) return null;
  const approved = { ...meant, approvals: [...meant.approvals, approval] };
  const proposals = [...before.proposals.filter((one) => one !== meant), approved];
  const isSent = approved.approvals.length >= rules.approvals;
  return { ...before, proposals, state: isSent ? "answered" : before.state };
}

function newProposal({ hash }: CaseEvent, { language, text }: Extract<CaseAct, { kind: "propose" }>): Proposal {
  return { hash, language, text, approvals: [] };
}

function proposalOf({ proposals }: Progress, hash: CaseEventHash): Proposal | null {
  return proposals.find((proposal) => equal(proposal.hash, hash)) ?? null;
}
