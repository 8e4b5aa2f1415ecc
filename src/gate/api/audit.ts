import { z } from "zod";
import { coreActions, reviewerActions } from "../../envelope/audit.ts";
import { auditQuery } from "../audit.ts";
import type { ApiRoute } from "./describe.ts";
import { bytesText } from "./schemas.ts";

const row = z.strictObject({
  seq: z.int().min(1),
  previous: bytesText(32),
  hour: z.int().min(0),
  actor: z.string().nullable(),
  action: z.enum([...reviewerActions, ...coreActions]),
  object: bytesText(32),
  signature: bytesText(64).nullable(),
  hash: bytesText(32),
});

export const auditApi: readonly ApiRoute[] = [
  {
    method: "get",
    path: "/api/audit",
    summary: "Rows of the audit in order; each carries the hash of the one before",
    session: true,
    query: auditQuery,
    answers: {
      200: { says: "One page.", json: z.strictObject({ rows: z.array(row), next: z.int().nullable() }) },
    },
    problems: ["request.malformed", "session.required"],
  },
  {
    method: "get",
    path: "/api/audit/checkpoint",
    summary: "The newest signed note of how far the audit has come",
    session: true,
    answers: { 200: { says: "A signed note.", text: true } },
    problems: ["session.required", "audit.noCheckpoint"],
  },
];
