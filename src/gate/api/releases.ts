import { z } from "zod";
import { parcelKinds } from "../../store/release.ts";
import { labelQuery } from "../releases/labels.ts";
import { noteQuery } from "../releases/notes.ts";
import { parcelQuery, parcelToQuery } from "../releases/parcels.ts";
import { quarterKeyQuery } from "../releases/quarter-key.ts";
import { periodQuery } from "../releases/asked.ts";
import type { ApiRoute } from "./describe.ts";
import { bytesText } from "./schemas.ts";

const notes = z.array(z.strictObject({ period: z.string(), name: z.string() }));
const names = z.strictObject({ notes });
const parcel = z.strictObject({ period: z.string(), kind: z.enum(parcelKinds), officer: z.string() });
const refusedSealed = ["request.malformed", "request.unsupported", "request.tooLarge", "envelope.shape"] as const;
const guarded = ["session.required", "forbidden"] as const;

export const releaseApi: readonly ApiRoute[] = [
  {
    method: "get",
    path: "/api/releases",
    summary: "The names of the signed notes of every release; a release's own from its instant on",
    session: false,
    answers: { 200: { says: "By period and name.", json: names } },
    problems: [],
  },
  {
    method: "get",
    path: "/api/releases/note",
    summary: "One signed note",
    session: false,
    query: noteQuery,
    answers: { 200: { says: "The note.", text: true } },
    problems: ["request.malformed", "release.absent"],
  },
  {
    method: "get",
    path: "/api/releases/held",
    summary:
      "For release officers: the names of all notes, of a release that waits for its instant too, and which parcels lie there",
    session: true,
    answers: { 200: { says: "By period and name.", json: z.strictObject({ notes, parcels: z.array(parcel) }) } },
    problems: guarded,
  },
  {
    method: "post",
    path: "/api/releases/note",
    summary:
      "By a release officer: a plan, commitment, claim, co-signed release or erratum; the same again changes nothing",
    session: true,
    body: "note",
    answers: { 201: { says: "Accepted." }, 200: { says: "Was there already." } },
    problems: [
      ...guarded,
      "request.unsupported",
      "request.tooLarge",
      "note.malformed",
      "note.signature",
      "release.malformed",
      "release.instance",
      "release.signers",
      "release.officers",
      "release.calendar",
      "release.overspent",
      "release.redrawn",
      "release.notNow",
      "release.order",
      "release.claimed",
      "release.held",
    ],
  },
  {
    method: "post",
    path: "/api/releases/labels",
    summary: "By a reviewer: one file of a period's labels, sealed to both release officers",
    session: true,
    query: periodQuery,
    body: "age",
    answers: { 201: { says: "Kept." }, 200: { says: "Was there already." } },
    problems: [...guarded, ...refusedSealed, "release.notNow", "release.order", "release.claimed"],
  },
  {
    method: "get",
    path: "/api/releases/labels",
    summary: "For release officers: the names of a period's files, SHA-256 of each, sorted",
    session: true,
    query: periodQuery,
    answers: { 200: { says: "All of them.", json: z.strictObject({ labels: z.array(bytesText(32)) }) } },
    problems: [...guarded, "request.malformed"],
  },
  {
    method: "get",
    path: "/api/releases/labels/sealed",
    summary: "For release officers: one file of labels",
    session: true,
    query: labelQuery,
    answers: { 200: { says: "The file.", age: true } },
    problems: [...guarded, "request.malformed", "release.absent"],
  },
  {
    method: "post",
    path: "/api/releases/quarter-key",
    summary: "By the first lead of the roster who serves: the quarter's token key, sealed to one reviewer",
    session: true,
    query: quarterKeyQuery,
    headers: [{ name: "Gundo-Key-Hash", says: "SHA-256 of the key, base64url: a period has one.", required: true }],
    body: "age",
    answers: { 201: { says: "Kept." } },
    problems: [...guarded, ...refusedSealed, "release.notNow", "release.otherKey"],
  },
  {
    method: "get",
    path: "/api/releases/quarter-key",
    summary: "For a reviewer: their own copy of the quarter's token key",
    session: true,
    query: periodQuery,
    answers: { 200: { says: "The key, sealed.", age: true } },
    problems: [...guarded, "request.malformed", "release.absent"],
  },
  {
    method: "get",
    path: "/api/releases/quarter-key/holders",
    summary: "For reviewers: who has the quarter's token key, and its SHA-256",
    session: true,
    query: periodQuery,
    answers: {
      200: {
        says: "Null and nobody before it is made.",
        json: z.strictObject({ keyHash: bytesText(32).nullable(), reviewers: z.array(z.string()) }),
      },
    },
    problems: [...guarded, "request.malformed"],
  },
  {
    method: "post",
    path: "/api/releases/parcel",
    summary: "By a release officer: what is sealed to the other, or one's own seed to oneself",
    session: true,
    query: parcelToQuery,
    body: "age",
    answers: { 201: { says: "Kept." } },
    problems: [...guarded, ...refusedSealed, "release.order", "release.held"],
  },
  {
    method: "get",
    path: "/api/releases/parcel",
    summary: "For a release officer: what is sealed to them",
    session: true,
    query: parcelQuery,
    answers: { 200: { says: "The parcel.", age: true } },
    problems: [...guarded, "request.malformed", "release.absent"],
  },
];
