import { z } from "zod";
import type { FaultCode } from "../../base/fault.ts";
import { statusOf } from "../problem.ts";

/** One answer of a route besides its problems. */
interface Answer {
  readonly says: string;
  /** Absent for an answer without a body. */
  readonly json?: z.ZodType;
  readonly text?: true;
  /** One sealed file. */
  readonly age?: true;
  /** Whether `ETag` names the newest event of the case, or the note. */
  readonly etag?: true;
}

/** A header that a request carries. */
interface RequestHeader {
  readonly name: string;
  readonly says: string;
  readonly required: boolean;
}

/** One route of `/api` as it is described to whoever writes a client. */
export interface ApiRoute {
  readonly method: "get" | "post" | "delete";
  readonly path: string;
  readonly summary: string;
  /** Whether it wants `Authorization: Bearer` and the token of a session. */
  readonly session: boolean;
  readonly query?: z.ZodObject;
  readonly headers?: readonly RequestHeader[];
  /** A JSON body, one sealed file, or a signed note. */
  readonly body?: z.ZodType | "age" | "note";
  readonly answers: Readonly<Record<number, Answer>>;
  readonly problems: readonly FaultCode[];
}

type Json = Readonly<Record<string, unknown>>;

/** The document of these routes (OpenAPI 3.1). */
export function openApiDocument(routes: readonly ApiRoute[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  return {
    openapi: "3.1.1",
    info: {
      title: "Gundo: the reviewers' interface",
      version: "1",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    paths,
    components: {
      securitySchemes: { session: { type: "http", scheme: "bearer", description: "The token of POST /api/session." } },
      schemas: { Problem: schemaOf(problemSchema, "output") },
      responses: { Problem: problemResponse },
    },
  };
}

/** Every refusal (RFC 9457). Nothing of a request comes back; `code` says all there is to say. */
export const problemSchema = z.strictObject({
  type: z.string().startsWith("urn:gundo:problem:"),
  title: z.string(),
  status: z.int().min(400).max(599),
  code: z.string(),
});

const problemResponse = {
  description: "A refusal (RFC 9457): its code says all of it.",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

function operation(route: ApiRoute): Json {
  const { summary, session, body, answers, problems } = route;
  const answered = Object.entries(answers).map(([status, answer]) => [status, response(answer)]);
  return {
    summary,
    ...(session && { security: [{ session: [] }] }),
    parameters: [...queryParameters(route), ...headerParameters(route)],
    ...(body !== undefined && { requestBody: { required: true, content: content(body) } }),
    responses: { ...Object.fromEntries(answered), ...problemResponses(problems), default: problemReference() },
  };
}

/** A status may stand for several codes; whatever is not foreseen is a problem too. */
function problemResponses(codes: readonly FaultCode[]): Json {
  const statuses = new Set(codes.map(statusOf));
  const of = (status: number): string => codes.filter((code) => statusOf(code) === status).join(", ");
  return Object.fromEntries([...statuses].map((status) => [status, problemReference(of(status))]));
}

function problemReference(description?: string): Json {
  return { $ref: "#/components/responses/Problem", ...(description !== undefined && { description }) };
}

function response({ says, json, text, age, etag }: Answer): Json {
  return {
    description: says,
    ...(etag && {
      headers: { ETag: { description: "Hash of the newest event, or of the note.", schema: { type: "string" } } },
    }),
    ...(json !== undefined && { content: { "application/json": { schema: schemaOf(json, "output") } } }),
    ...(age && { content: content("age") }),
    ...(text && { content: { "text/plain": { schema: { type: "string" } } } }),
  };
}

function content(body: z.ZodType | "age" | "note"): Json {
  if (body === "note") return { "text/plain": { schema: { type: "string" } } };
  if (body === "age") return { "application/age": { schema: { type: "string", contentMediaType: "application/age" } } };
  return { "application/json": { schema: schemaOf(body, "input") } };
}

function queryParameters({ query }: ApiRoute): readonly Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(query, "input") as { properties?: Json; required?: string[] };
  return Object.entries(properties).map(([name, schema]) => ({
    in: "query",
    name,
    required: required.includes(name),
    schema,
  }));
}

function headerParameters({ headers = [] }: ApiRoute): readonly Json[] {
  return headers.map(({ name, says, required }) => ({
    in: "header",
    name,
    required,
    description: says,
    schema: { type: "string" },
  }));
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  // Inside a document the dialect is the document's.
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, target: "draft-2020-12" });
  return rest;
}
