import type { Boundary } from "../../quarter/officer/officer.ts";
import type { Standing } from "../../quarter/officer/standing.ts";
import type { Looked } from "../../quarter/officer/draw.ts";
import type { ErratumFlaw } from "../../trends/erratum.ts";
import type { BothLanguages, TableId } from "../../trends/key-space.ts";
import type { Language } from "../words.ts";
import type { OfficerDeed, ReleaseRefusal } from "./deeds.ts";
import type { TermsFlaw } from "./terms.ts";
import { englishReleases } from "./en.ts";
import { frenchReleases } from "./fr.ts";

/** A plan, as a person reads it before signing. */
interface PlanTold {
  readonly period: string;
  readonly from: string;
  readonly until: string;
  readonly publishes: string;
  readonly officers: string;
  readonly t1: string;
  readonly t2: string;
}

/** Words of a plan with other terms, and of what its ε would do. */
export interface TermsWords {
  readonly title: string;
  readonly day: string;
  readonly dayHint: (earliest: string, latest: string) => string;
  readonly hour: string;
  readonly t1: string;
  readonly t2: string;
  readonly epsilonHint: string;
  readonly partner: string;
  readonly flaws: Readonly<Record<TermsFlaw, string>>;
  readonly simulation: {
    readonly title: string;
    readonly lead: string;
    readonly inAll: string;
    readonly tooSmall: string;
    readonly tables: Readonly<Record<TableId, string>>;
    readonly error: (mean: string, margin: string) => string;
    readonly columns: readonly string[];
    readonly expectedOf: (cell: string) => string;
    readonly beliefLead: (epsilon: string) => string;
    readonly belief: (before: string, least: string, most: string) => string;
  };
}

/** Every word of a release officer's screen in one language. */
export interface ReleaseWords {
  readonly title: string;
  readonly lead: string;
  readonly demo: string;
  readonly none: string;
  readonly states: Readonly<Record<Standing["state"], string>>;
  readonly awaits: (names: string) => string;
  readonly shownFrom: (day: string) => string;
  readonly plan: (plan: PlanTold) => readonly string[];
  readonly nextTitle: string;
  readonly terms: TermsWords;
  readonly deeds: Readonly<Record<OfficerDeed, string>>;
  readonly hints: Readonly<Record<OfficerDeed, string>>;
  readonly busy: string;
  readonly at: Readonly<Record<Boundary, string>>;
  readonly done: Readonly<Record<OfficerDeed, string>>;
  readonly gaps: Readonly<Record<"part" | "list", (author: string) => string>>;
  readonly gapLead: string;
  readonly gapAsked: string;
  /** A second draw. */
  readonly again: {
    /** Beside the state of a quarter that is drawn a second time. */
    readonly is: string;
    readonly title: string;
    readonly lead: readonly string[];
    readonly agreed: string;
    readonly claimFile: string;
    readonly claimHint: string;
  };
  /** Words about a release that is out. */
  readonly erratum: {
    readonly title: string;
    readonly lead: string;
    readonly labels: BothLanguages;
    readonly flaws: Readonly<Record<ErratumFlaw, string>>;
    readonly file: string;
    readonly fileHint: string;
  };
  readonly refused: Readonly<Record<Looked["refused"][number]["why"], (post: number) => string>>;
  readonly strayed: string;
  readonly refusals: Readonly<Record<ReleaseRefusal, string>>;
}

export const releaseWords: Readonly<Record<Language, ReleaseWords>> = { fr: frenchReleases, en: englishReleases };
