import { z } from "zod";
import { caseStates } from "../../envelope/case-act.ts";
import { eventsQuery, statesBody } from "../cases.ts";
import type { ApiRoute } from "./describe.ts";
import { day, sealedText } from "./schemas.ts";

const state = z.strictObject({
  state: z.enum(caseStates),
  seq: z.int().min(1),
  acknowledgeDay: day,
  answerDay: day,
});
const event = z.strictObject({ seq: z.int().min(1), sealed: sealedText });

const door = { name: "Gundo-Door", says: "The door, 16 bytes in base64url, out of the report.", required: true };

export const caseApi: readonly ApiRoute[] = [
  {
    method: "post",
    path: "/api/case/states",
    summary: "The states of the cases behind these doors; null where there is none, or none for whoever asks",
    session: true,
    body: statesBody,
    answers: {
      200: { says: "In the order asked for.", json: z.strictObject({ cases: z.array(state.nullable()) }) },
    },
    problems: ["request.malformed", "session.required"],
  },
  {
    method: "get",
    path: "/api/case",
    summary: "The state of a case",
    session: true,
    headers: [door],
    answers: { 200: { says: "Its state.", json: state, etag: true } },
    problems: ["session.required", "case.unknown"],
  },
  {
    method: "get",
    path: "/api/case/events",
    summary: "The sealed events of a case, in order",
    session: true,
    headers: [door],
    query: eventsQuery,
    answers: {
      200: {
        says: "One page.",
        json: z.strictObject({ events: z.array(event), next: z.int().nullable() }),
        etag: true,
      },
    },
    problems: ["request.malformed", "session.required", "case.unknown"],
  },
  {
    method: "post",
    path: "/api/case/events",
    summary: "Appends a sealed event to a case; the same event again changes nothing",
    session: true,
    headers: [
      door,
      { name: "Gundo-Event-Hash", says: "SHA-256 of the event's head, base64url.", required: true },
      { name: "Gundo-Case-State", says: "waiting, open, answered or closed: the state after it.", required: true },
      { name: "Gundo-Audit-Signature", says: "Ed25519 over the act, base64url.", required: true },
      { name: "Gundo-Aside", says: "1 when whoever posts steps aside with it.", required: false },
      { name: "If-Match", says: "The newest event this one follows.", required: false },
      { name: "If-None-Match", says: "* for the first event.", required: false },
    ],
    body: "age",
    answers: { 201: { says: "Appended.", etag: true }, 200: { says: "Was there already.", etag: true } },
    problems: [
      "request.malformed",
      "request.precondition",
      "request.unsupported",
      "request.tooLarge",
      "session.required",
      "case.unknown",
      "case.conflict",
      "case.malformed",
      "envelope.shape",
    ],
  },
];
