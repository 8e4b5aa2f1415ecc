import type { ReportId } from "../../base/brand.ts";
import type { Console } from "../console.ts";

/** Looked at: the list shows it as read until the console locks. */
export function markSeen({ store }: Pick<Console, "store">, id: ReportId): void {
  store.update((state) => {
    const item = state.items.get(id);
    if (item === undefined || item.seen) return state;
    return { ...state, items: new Map([...state.items, [id, { ...item, seen: true }]]) };
  });
}
