import { systemClock } from "../../base/clock.ts";
import { unfinished } from "../../roster/ceremony/draft.ts";
import { changeLines } from "../../roster/ceremony/words.ts";
import type { RosterBody } from "../../roster/roster.ts";
import { anchorsIn } from "../anchors.ts";
import type { ExitCode, Terminal } from "../command.ts";
import { sentenceOf } from "../says.ts";
import { openDraft, publishedRoster, saveDraft } from "./keys-directory.ts";
import { changeJson } from "./shown.ts";

/** Where the work lies. */
export interface DraftPlace {
  readonly keys: string;
  readonly draft: string;
  readonly json: boolean;
}

/** One step of the ceremony: the draft, or one begun on the published roster, changed, written back and shown. */
export function editDraft(place: DraftPlace, terminal: Terminal, change: (draft: RosterBody) => RosterBody): ExitCode {
  const anchors = anchorsIn(place.keys);
  const published = publishedRoster(place.keys, anchors);
  const draft = change(openDraft(place.draft, anchors, published, systemClock.nowMs()));
  saveDraft(place.draft, draft);
  const lacking = unfinished(draft);
  if (place.json) terminal.out(JSON.stringify({ ...changeJson(published, draft), lacking }));
  else for (const line of changeLines(published, draft, "en")) terminal.out(line);
  if (lacking !== null && !place.json) terminal.err(`gundo: not ready to be signed: ${sentenceOf(lacking)}`);
  return 0;
}
