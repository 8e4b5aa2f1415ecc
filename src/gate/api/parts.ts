import { partBody, partsBody } from "../sealed-parts.ts";
import type { ApiRoute } from "./describe.ts";

export const partsApi: readonly ApiRoute[] = [
  {
    method: "post",
    path: "/api/parts/sealed",
    summary: "One sealed part of an attachment, by the id that the report names",
    session: true,
    body: partBody,
    answers: { 200: { says: "The part.", age: true } },
    problems: ["request.malformed", "session.required", "attachment.gone"],
  },
  {
    method: "post",
    path: "/api/parts/delete",
    summary: "Deletes parts of attachments; those that are not there are passed over",
    session: true,
    headers: [
      { name: "Gundo-Door", says: "The door of a case that was taken, 16 bytes in base64url.", required: true },
    ],
    body: partsBody,
    answers: { 204: { says: "Deleted." } },
    problems: ["request.malformed", "session.required", "case.unknown"],
  },
];
