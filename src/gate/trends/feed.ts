import { html, raw } from "hono/html";
import { hex, utf8 } from "../../base/bytes.ts";
import { isoInstant, type UnixMs } from "../../base/clock.ts";
import { sha256 } from "../../envelope/hash.ts";
import { shownTable } from "../../trends/publish/shown.ts";
import { isDistinct } from "../../trends/publish/rows.ts";
import type { Html } from "../page/html.ts";
import { bulletinTitle } from "./bulletin.ts";
import type { Released, Trends } from "./source.ts";
import type { TrendsWords } from "./words.ts";

/**
 * The bulletins as an Atom feed (RFC 4287), newest first. Every time in it is a fixed instant of a plan: none tells when
 * anybody did anything. An empty feed is as old as time.
 */
export async function feedOf(words: TrendsWords, { quarters }: Trends, instance: string): Promise<string> {
  const all = quarters.flatMap(({ released }) => (released === null ? [] : [released])).toReversed();
  const updated = isoInstant(all[0]?.content.publishesMs ?? (0 as UnixMs));
  const feed = html`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${words.language}">
    <id>${urnOf(instance, words.language, "")}</id>
    <title>Gundo</title>
    <updated>${updated}</updated>
    <author><name>${instance}</name></author>
    ${link("self", "application/atom+xml", `${words.path}/feed.atom`)} ${link("alternate", "text/html", words.path)}
    ${all.map((released) => entryXml(words, released))}
  </feed>`;
  return `<?xml version="1.0" encoding="utf-8"?>\n${(await feed).toString().replace(/>\s+</g, "><")}\n`;
}

function entryXml(words: TrendsWords, released: Released): Html {
  const { content } = released;
  const { bulletin: says } = words;
  const total = shownTable("t1", content).total;
  const summary = isDistinct(total) ? says.total(total.shown, total.low, total.high) : says.totalIndistinct;
  const at = isoInstant(content.publishesMs);
  return html`<entry>
    <id>${urnOf(content.instance, words.language, content.period)}</id>
    <title>${bulletinTitle(words, released)}</title>
    <published>${at}</published>
    <updated>${at}</updated>
    ${link("alternate", "text/html", `${words.path}/${content.period}`)}
    <summary>${summary}</summary>
  </entry>`;
}

/** XML wants its empty elements closed. */
function link(rel: string, type: string, href: string): Html {
  return raw(`<link rel="${rel}" type="${type}" href="${href}"/>`);
}

/** The same name for the same thing on every server that shows it: a UUID of version 8 out of a hash (RFC 9562 §5.8). */
function urnOf(instance: string, language: string, period: string): string {
  const bytes = sha256(utf8(`gundo/feed/v1\n${instance}\n${language}\n${period}`)).slice(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const digits = hex(bytes);
  const parts = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)];
  return `urn:uuid:${parts.join("-")}`;
}
