import { html } from "hono/html";
import { isDistinct } from "../../trends/publish/rows.ts";
import type { Shown } from "../../trends/publish/shown.ts";
import type { Html } from "../page/html.ts";
import type { Scale } from "./scale.ts";

/** One mark of a chart: this quarter's figure, and the quarter before's where they can be compared. */
export interface Mark {
  readonly cell: Shown;
  readonly before: number | null;
}

/**
 * A line of a chart: the interval, a dot for the figure, a hollow one for the quarter before. What does not differ from
 * zero is drawn pale. No element is closed by itself: pages are squeezed. It says nothing to a screen reader: the table beside it does.
 */
export function dotLine({ cell, before }: Mark, { ticks, place }: Scale): Html {
  const tone = isDistinct(cell) ? "dot" : "dot pale";
  return html`<svg class="plot" aria-hidden="true" focusable="false">
    ${ticks.map((tick) => html`<line class="tick" x1="${place(tick)}" x2="${place(tick)}" y1="0" y2="100%"></line>`)}
    <line class="${tone}" x1="${place(cell.low)}" x2="${place(cell.high)}" y1="50%" y2="50%"></line>
    ${before === null ? "" : html`<circle class="last" cx="${place(before)}" cy="50%" r="6"></circle>`}
    <circle class="${tone}" cx="${place(cell.shown)}" cy="50%" r="4"></circle>
  </svg>`;
}

/** The numbers under a chart's lines. */
export function axisLine({ ticks, place }: Scale): Html {
  return html`<svg class="axis" aria-hidden="true" focusable="false">
    ${ticks.map((tick) => html`<text x="${place(tick)}" y="1em">${tick}</text>`)}
  </svg>`;
}
