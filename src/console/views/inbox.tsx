import type { JSX } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ReportId } from "../../base/brand.ts";
import { dayOf } from "../../base/clock.ts";
import { show, type Console } from "../console.ts";
import { listed, noFilter } from "../inbox/filter.ts";
import type { Item } from "../inbox/item.ts";
import { markSeen } from "../inbox/seen.ts";
import { useConsole } from "./context.ts";
import { Reseal } from "./case/reseal.tsx";
import { Filters } from "./filters.tsx";
import { Row } from "./row.tsx";
import { useShortcuts } from "./shortcuts.ts";

/** Rows drawn at a time: an old laptop draws a hundred at once, not ten thousand. */
const rowsAtOnce = 100;

export function InboxView(): JSX.Element {
  const { gundo, state, words } = useConsole();
  const { items, filter, search, cursor, signedIn } = state;
  const today = dayOf(gundo.clock.nowMs());
  const reviewer = signedIn?.reviewer ?? "";
  const shown = useMemo(
    () => listed(items, { filter, search, today, reviewer }),
    [items, filter, search, today, reviewer],
  );
  const [rows, setRows] = useState(rowsAtOnce);
  const list = useRef<HTMLOListElement>(null);
  const move = (by: number): void => {
    const at = shown.findIndex(({ id }) => id === cursor);
    const next = shown[Math.min(shown.length - 1, Math.max(0, at + by))];
    if (next === undefined) return;
    if (at + by >= rows) setRows(rows + rowsAtOnce);
    gundo.store.update((before) => ({ ...before, cursor: next.id }));
  };
  const openAt = (id: ReportId): void => openReport(gundo, id);
  useShortcuts({
    next: () => move(1),
    previous: () => move(-1),
    open: () => cursor !== null && openAt(cursor),
    search: () => document.getElementById("search")?.focus(),
    danger: () =>
      gundo.store.update((before) => ({ ...before, filter: { ...before.filter, danger: !before.filter.danger } })),
    clear: () => gundo.store.update((before) => ({ ...before, filter: noFilter, search: "" })),
  });
  // The focus goes with the cursor, so that a screen reader reads each report as it is reached. Before the screen is
  // painted: later it would be taken from a search that was begun meanwhile, and its letters would be commands.
  useLayoutEffect(() => {
    if (cursor !== null) list.current?.querySelector<HTMLElement>(`[data-id="${cursor}"]`)?.focus();
  }, [cursor]);
  return (
    <section aria-labelledby="title">
      <h1 id="title">{words.inboxTitle}</h1>
      <Opening />
      <Filters />
      <p class="count" role="status">
        {words.shown(shown.length, items.size)}
      </p>
      <List shown={shown} rows={rows} more={() => setRows(rows + rowsAtOnce)} open={openAt} list={list} />
      <Foot />
    </section>
  );
}

function openReport(gundo: Console, id: ReportId): void {
  markSeen(gundo, id);
  show(gundo, { screen: "case", id });
}

interface ListProps {
  readonly shown: readonly Item[];
  readonly rows: number;
  readonly more: () => void;
  readonly open: (id: ReportId) => void;
  readonly list: { readonly current: HTMLOListElement | null };
}

function List({ shown, rows, more, open, list }: ListProps): JSX.Element {
  const { gundo, state, words } = useConsole();
  const today = dayOf(gundo.clock.nowMs());
  if (shown.length === 0) return <Empty />;
  return (
    <>
      <ol class="list" ref={list}>
        {shown.slice(0, rows).map((item) => (
          <Row key={item.id} item={item} today={today} current={item.id === state.cursor} open={open} />
        ))}
      </ol>
      {shown.length > rows && (
        <p>
          <button type="button" onClick={more}>
            {words.more}
          </button>
        </p>
      )}
    </>
  );
}

/** A list without rows says why, and what to do. */
function Empty(): JSX.Element | null {
  const { state, words } = useConsole();
  if (state.progress !== null) return null;
  const nothingYet = state.items.size === 0;
  return (
    <div class="empty">
      <h2>{nothingYet ? words.emptyTitle : words.noneTitle}</h2>
      {(nothingYet ? words.empty : [words.none]).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}

function Opening(): JSX.Element | null {
  const { state, words } = useConsole();
  if (state.progress === null) return null;
  const { done, of } = state.progress;
  return (
    <p class="opening">
      <label for="opening">{words.opening(done, of)}</label>
      <progress id="opening" value={done} max={of} />
    </p>
  );
}

/** What stands under the list: files that do not open, the roster in force, keys that end soon. */
function Foot(): JSX.Element {
  const { gundo, state, words } = useConsole();
  const { signedIn, unopened } = state;
  return (
    <footer>
      <Reseal />
      {unopened > 0 && <p class="hint">{words.unopened(unopened)}</p>}
      {signedIn !== null && <p class="hint">{words.rosterLine(signedIn.rosterSerial, signedIn.rosterFingerprint)}</p>}
      {signedIn !== null && signedIn.daysLeft <= renewDays && <p>{words.daysLeft(signedIn.daysLeft)}</p>}
      <p>
        <button type="button" onClick={() => show(gundo, { screen: "renew" })}>
          {words.renew}
        </button>
      </p>
    </footer>
  );
}

/** Days before the end of service from which the console asks for new keys. */
const renewDays = 30;
