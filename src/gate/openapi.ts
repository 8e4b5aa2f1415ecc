import { Hono } from "hono";
import { z } from "zod";
import { auditApi } from "./api/audit.ts";
import { caseApi } from "./api/case.ts";
import { openApiDocument, type ApiRoute } from "./api/describe.ts";
import { inboxApi } from "./api/inbox.ts";
import { releaseApi } from "./api/releases.ts";
import { partsApi } from "./api/parts.ts";
import { rosterApi } from "./api/roster.ts";
import { sessionApi } from "./api/session.ts";

const documentApi: ApiRoute = {
  method: "get",
  path: "/api/openapi.json",
  summary: "This document",
  session: false,
  answers: { 200: { says: "OpenAPI 3.1.", json: z.looseObject({ openapi: z.string() }) } },
  problems: [],
};

/** Every route under `/api`; a test holds it against the routes that answer. */
export const api: readonly ApiRoute[] = [
  ...sessionApi,
  ...rosterApi,
  ...inboxApi,
  ...caseApi,
  ...partsApi,
  ...releaseApi,
  ...auditApi,
  documentApi,
];

/** `GET /api/openapi.json`: made once out of the schemas by which requests are read (triage.md, HTTP to the reviewers). */
export function openApiRoutes(): Hono {
  const document = JSON.stringify(openApiDocument(api));
  const headers = { "content-type": "application/json" };
  return new Hono().get("/api/openapi.json", () => new Response(document, { headers }));
}
