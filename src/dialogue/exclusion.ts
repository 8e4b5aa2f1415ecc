import { choose } from "./pages.ts";
import type { Exclusion, Region } from "./settings.ts";
import { keyed, startAgain, type Step, type Talk } from "./step.ts";

type Then = (exclude: readonly Exclusion[]) => Step;

/**
 * "Who must not read?", before any word, so that a cut session never reaches the wrong eyes (phones.md, Dialogue 2).
 * `then` is reached only with exclusions that leave two readers.
 */
export function askWho(talk: Talk, then: Then): Step {
  return keyed(talk, () => talk.script.who, {
    1: () => settle(talk, [], then),
    2: () => askZone(talk, then),
    3: () => askOrganisation(talk, then),
  });
}

/** Goes on with these exclusions if two readers remain; else says so: change them or stop (envelope.md, Envelope). */
export function settle(talk: Talk, exclude: readonly Exclusion[], then: Then): Step {
  if (talk.settings.enoughReaders(exclude)) return then(exclude);
  // Guessed answers must never lead back to the question: a key meant for a list could then answer it with "nobody".
  if (talk.guessed) return startAgain(talk);
  return keyed(talk, () => talk.script.tooFew, {
    1: () => askWho(talk, then),
    2: () => ({ kind: "say", body: talk.script.stopped }),
  });
}

function askZone(talk: Talk, then: Then): Step {
  return choose(talk, {
    head: talk.script.whoRegion,
    choices: talk.settings.regions.map((region) => ({ label: region.name, value: region })),
    chosen: (region) => askCercle(talk, region, then),
  });
}

function askCercle(talk: Talk, region: Region, then: Then): Step {
  const without = (place: string) => settle(talk, [{ rule: "place", value: place }], then);
  if (region.cercles.length <= 1) return without(region.code);
  return choose(talk, {
    head: talk.script.whoCercle,
    choices: region.cercles.map((cercle) => ({ label: cercle.name, value: cercle.code })),
    zero: { label: talk.script.wholeRegion, step: () => without(region.code) },
    chosen: without,
  });
}

function askOrganisation(talk: Talk, then: Then): Step {
  return choose(talk, {
    head: talk.script.whoOrganisation,
    choices: talk.settings.organisations.map((one) => ({ label: one.shortName, value: one.name })),
    chosen: (name) => settle(talk, [{ rule: "organisation", value: name }], then),
  });
}
