import type { E164 } from "../base/brand.ts";
import { shortCode } from "./call.ts";
import { spaced } from "./number.ts";
import type { Post } from "./post.ts";
import type { SimulatorWords } from "./words.ts";

/** A post, and the screen that came back for it if it was a turn. */
export interface Seen {
  readonly post: Post;
  readonly response: string;
}

/** What the operator and its relay see of one post, row by row: a heading and what stands under it. */
export function seenRows({ post: { kind, fields }, response }: Seen, words: SimulatorWords): [string, string][] {
  const field = (name: string): string => fields[name] ?? "";
  if (kind === "sms") {
    return [
      [words.from, spaced(field("from") as E164)],
      [words.dialled, shortCode],
      [words.typed, field("text")],
    ];
  }
  const ended = kind === "events";
  const rows: [string, string][] = [
    [words.from, spaced(field("phoneNumber") as E164)],
    [words.dialled, field("serviceCode")],
    [words.typed, field(ended ? "input" : "text")],
    [words.shown, (ended ? field("lastAppResponse") : response).slice(4)],
  ];
  if (ended) rows.push([words.end, words.ends[field("status") as keyof SimulatorWords["ends"]]]);
  return rows;
}

/** The request as it goes over the wire, a field a line. */
export function requestText({ post: { kind, fields } }: Seen): string {
  const body = new URLSearchParams(fields).toString();
  return `POST /gateway/africastalking/…/${kind}\n\n${body.replaceAll("&", "\n&")}`;
}
