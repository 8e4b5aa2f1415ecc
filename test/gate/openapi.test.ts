import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { statusOf } from "../../src/gate/problem.ts";
import { api } from "../../src/gate/openapi.ts";
import { expectDescribed } from "../support/api.ts";
import { withGate, type TestGate } from "../support/gate.ts";

let gate: TestGate;
let served: Record<string, Record<string, Record<string, unknown>>>;
beforeAll(async () => {
  gate = await withGate();
  const response = await gate.app.request("/api/openapi.json");
  expect(response.headers.get("content-type")).toBe("application/json");
  served = (await response.json()) as typeof served;
});
afterAll(() => gate.store.stop());

test("the document is OpenAPI 3.1 by the specification's own schema", async () => {
  const validator = new Validator();
  expect(await validator.validate(structuredClone(served))).toEqual({ valid: true });
  expect(validator.version).toBe("3.1");
  expect(() => validator.resolveRefs()).not.toThrow();
});

test("a document that is none is refused by the same validator", async () => {
  const { paths: _paths, ...bent } = structuredClone(served);
  expect((await new Validator().validate({ ...bent, paths: [] })).valid).toBe(false);
});

test("every route under /api is in the document, and the other way round", () => {
  const routes = gate.app.routes
    .filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/"))
    .map(({ method, path }) => `${method} ${path}`);
  const described = Object.entries(served["paths"]!).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(routes.length).toBeGreaterThan(10);
  expect(described.toSorted()).toEqual([...new Set(routes)].toSorted());
});

test("every code of a route is under its status, and the form of a problem is told once", () => {
  for (const { method, path, problems } of api) {
    const { responses } = served["paths"]![path]![method] as { responses: Record<string, { description?: string }> };
    for (const code of problems) expect(responses[statusOf(code)]!.description!.split(", ")).toContain(code);
  }
  const form = '"application/problem+json":';
  expect(JSON.stringify(served).split(form)).toHaveLength(2);
});

test("what is described as wanting a session refuses whoever has none, as described", async () => {
  for (const route of api.filter(({ session }) => session)) {
    const response = await gate.app.request(route.path, { method: route.method.toUpperCase() });
    expect(response.status, `${route.method} ${route.path}`).toBe(401);
    await expectDescribed(route, response);
  }
});
