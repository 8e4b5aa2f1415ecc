import { expect } from "vitest";
import { problemSchema, type ApiRoute } from "../../src/gate/api/describe.ts";
import { statusOf } from "../../src/gate/problem.ts";

/**
 * Holds an answer against its description: a status that is described, a body that its schema takes, or a problem whose
 * code is one of the route's.
 */
export async function expectDescribed(route: ApiRoute, response: Response): Promise<void> {
  const where = `${route.method} ${route.path} ${response.status}`;
  if (response.status >= 400) {
    expect(response.headers.get("content-type"), where).toBe("application/problem+json");
    const problem = problemSchema.parse(await response.clone().json());
    expect(route.problems, `${where} ${problem.code}`).toContain(problem.code);
    expect(statusOf(problem.code as Parameters<typeof statusOf>[0]), where).toBe(problem.status);
    return;
  }
  const answer = route.answers[response.status];
  expect(answer, where).toBeDefined();
  if (answer?.json !== undefined) answer.json.parse(await response.clone().json());
  else if (answer?.age === true) expect(response.headers.get("content-type"), where).toBe("application/age");
  else if (answer?.text !== true) expect(await response.clone().text(), where).toBe("");
  if (answer?.etag === true) expect(response.headers.get("etag"), where).toMatch(/^"[A-Za-z0-9_-]{43}"$/);
}
