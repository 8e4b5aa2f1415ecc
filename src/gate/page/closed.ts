import { html } from "hono/html";
import type { Emit } from "../../base/events.ts";
import { codeOf, type FaultCode } from "../../base/fault.ts";
import type { Roster } from "../../roster/roster.ts";
import type { Html } from "./html.ts";
import type { PageWords } from "./words.ts";

/** With these there is nobody to seal to for now: the roster is past its grace, or none was ever in force here. */
const closing: readonly FaultCode[] = ["roster.expired", "core.unavailable"];

/**
 * Whether there is no roster to seal to. The operator is told when that begins and ends, not at every visit, which would
 * count the visitors. Throws what else keeps a roster away.
 */
export function closedFor(roster: () => Roster, emit: Emit): () => boolean {
  let told: FaultCode | null = null;
  return () => {
    const code = closedBy(roster);
    if (code !== null && code !== told) emit({ event: "failed", part: "roster", code });
    if (code === null && told !== null) emit({ event: "recovered", part: "roster" });
    told = code;
    return code !== null;
  };
}

function closedBy(roster: () => Roster): FaultCode | null {
  try {
    roster();
    return null;
  } catch (error) {
    const code = codeOf(error);
    if (closing.includes(code)) return code;
    throw error;
  }
}

/** What stands in the page's place: why nothing can be sent, and what else to do. No field that would take words. */
export function closedHtml({ closed, traces }: PageWords, helpNumber: string): Html {
  return html`<section id="closed">
    <h2>${closed.title}</h2>
    ${closed.says.map((sentence) => html`<p>${sentence}</p>`)}
    <h3>${closed.instead}</h3>
    <ul>
      ${closed.ways.map((way) => html`<li>${way}</li>`)}
    </ul>
    <p>${closed.help}</p>
    <p class="numbers">${helpNumber}</p>
    <p>${closed.helpSeen}</p>
    <p>${traces}</p>
  </section>`;
}
