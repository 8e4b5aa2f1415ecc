import { z } from "zod";
import { idsQuery, inboxQuery, sealedBody } from "../inbox.ts";
import type { ApiRoute } from "./describe.ts";
import { day, reportId, sealedText } from "./schemas.ts";

const report = z.strictObject({ id: reportId, receivedDay: day, sealed: sealedText });
const listed = z.strictObject({
  id: reportId,
  receivedDay: day,
  sizeClass: z.literal([8192, 32_768, 131_072, 262_144]),
  offeredTo: z.array(z.string()),
});
/** Where the next page begins; null on the last. */
const next = z.string().nullable();

export const inboxApi: readonly ApiRoute[] = [
  {
    method: "get",
    path: "/api/inbox",
    summary: "A desk's sealed reports, newest day first, the same bytes for everybody of the desk",
    session: true,
    query: inboxQuery,
    answers: { 200: { says: "One page.", json: z.strictObject({ reports: z.array(report), next }) } },
    problems: ["request.malformed", "session.required", "forbidden"],
  },
  {
    method: "get",
    path: "/api/inbox/ids",
    summary: "The same list without the sealed bytes, and whom each report is offered to today, decoys alike",
    session: true,
    query: idsQuery,
    answers: { 200: { says: "One page.", json: z.strictObject({ reports: z.array(listed), next }) } },
    problems: ["request.malformed", "session.required", "forbidden"],
  },
  {
    method: "post",
    path: "/api/inbox/sealed",
    summary: "Sealed reports by id; those that are not of the desk, or no more, are left out",
    session: true,
    body: sealedBody,
    answers: { 200: { says: "In the order asked for.", json: z.strictObject({ reports: z.array(report) }) } },
    problems: ["request.malformed", "session.required", "forbidden"],
  },
];
