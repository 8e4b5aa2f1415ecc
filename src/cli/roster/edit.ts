import { isoDay, systemClock, type UnixDay } from "../../base/clock.ts";
import { lastServiceDay, servingShort, unfinished } from "../../roster/ceremony/draft.ts";
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
  const short = servingShort(draft);
  if (place.json) {
    const servesShort = short.map(({ id }) => id);
    terminal.out(JSON.stringify({ ...changeJson(published, draft), lacking, servesShort }));
    return 0;
  }
  for (const line of changeLines(published, draft, "en")) terminal.out(line);
  for (const { id, until } of short) terminal.err(shortLine(draft, id, until));
  if (lacking !== null) terminal.err(`gundo: not ready to be signed: ${sentenceOf(lacking)}`);
  return 0;
}

function shortLine(draft: RosterBody, id: string, until: UnixDay): string {
  const last = isoDay(lastServiceDay(draft));
  return `gundo: ${id} reads until ${isoDay(until)} only, this roster and its grace last until ${last}: gundo roster renew --id ${id}`;
}
