import { globSync } from "node:fs";
import { registerHooks } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { INSTRUMENTER_CONSTANTS } from "@stryker-mutator/api/core";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
} from "@stryker-mutator/api/test-runner";

export { expect } from "vitest";

// Stryker runs each mutant in a vitest of its own, which costs more than the tests. Here test files are loaded once, with
// this module in vitest's place, and their tests are called for one mutant after the other: for tests that keep nothing
// between them.

type Body = (...given: readonly unknown[]) => unknown;
interface Suite {
  readonly name: string;
  readonly parent: Suite | null;
  readonly before: Body[];
  readonly beforeEach: Body[];
}
interface Registered {
  readonly id: string;
  readonly suite: Suite;
  readonly body: Body;
}

const registered: Registered[] = [];
let suite: Suite = { name: "", parent: null, before: [], beforeEach: [] };

function inSuite(name: string, body: Body, given: readonly unknown[] = []): void {
  const parent = suite;
  suite = { name: `${parent.name} ${name}`, parent, before: [], beforeEach: [] };
  body(...given);
  suite = parent;
}

function addTest(name: string, body: Body, given: readonly unknown[] = []): void {
  registered.push({ id: `${registered.length} ${suite.name} ${name}`, suite, body: () => body(...given) });
}

type Add = (name: string, body: Body, given?: readonly unknown[]) => void;

function withEach(add: Add) {
  const one = (name: string, ...rest: readonly unknown[]): void => add(name, rest.find(isBody)!);
  const each =
    (rows: readonly unknown[]) =>
    (name: string, ...rest: readonly unknown[]): void => {
      const given = rows.every(Array.isArray) ? rows : rows.map((row) => [row]);
      given.forEach((row, index) => add(`${name} ${index}`, rest.find(isBody)!, row));
    };
  return Object.assign(one, { each });
}

function isBody(one: unknown): one is Body {
  return typeof one === "function";
}

export const describe = withEach(inSuite);
export const test = withEach(addTest);
export const it = withEach(addTest);
export const beforeAll = (body: Body): number => suite.before.push(body);
export const beforeEach = (body: Body): number => suite.beforeEach.push(body);

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vitest" && context.parentURL?.includes("/test/") === true
      ? { url: import.meta.url, shortCircuit: true }
      : next(specifier, context),
});

interface Switch {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: Extract<DryRunResult, { mutantCoverage?: unknown }>["mutantCoverage"];
}

class OneProcess implements TestRunner {
  readonly #switch: Switch;
  #loaded: Promise<unknown> | null = null;

  constructor() {
    const all = globalThis as unknown as Record<string, Switch>;
    this.#switch = all[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {};
  }

  capabilities() {
    return { reloadEnvironment: false };
  }

  async dryRun(): Promise<DryRunResult> {
    await this.#load();
    const tests: TestResult[] = [];
    for (const one of registered) tests.push(await this.#run(one));
    return { status: DryRunStatus.Complete, tests, mutantCoverage: this.#switch.mutantCoverage };
  }

  async mutantRun({
    testFilter,
    hitLimit,
    activeMutant,
    mutantActivation,
  }: MutantRunOptions): Promise<MutantRunResult> {
    if (mutantActivation === "static") this.#switch.activeMutant = activeMutant.id;
    await this.#load();
    Object.assign(this.#switch, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
    const tests: TestResult[] = [];
    for (const one of registered) {
      if (testFilter !== undefined && !testFilter.includes(one.id)) continue;
      tests.push(await this.#run(one));
      if (tests.at(-1)!.status === TestStatus.Failed) break;
    }
    const { hitCount } = this.#switch;
    Object.assign(this.#switch, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined });
    return toMutantRunResult(determineHitLimitReached(hitCount, hitLimit) ?? { status: DryRunStatus.Complete, tests });
  }

  #load(): Promise<unknown> {
    const files = globSync(`test/${process.env["TESTS"]}.test.ts`).toSorted();
    return (this.#loaded ??= Promise.all(files.map((file) => import(pathToFileURL(resolve(file)).href))));
  }

  async #run({ id, suite: own, body }: Registered): Promise<TestResult> {
    const startedMs = performance.now();
    this.#switch.currentTestId = id;
    const failed = await failureOf(own, body);
    this.#switch.currentTestId = undefined;
    const about = { id, name: id, timeSpentMs: performance.now() - startedMs };
    if (failed === null) return { ...about, status: TestStatus.Success };
    return { ...about, status: TestStatus.Failed, failureMessage: failed };
  }
}

function hooksOf({ parent, before, beforeEach: each }: Suite): readonly Body[] {
  return [...(parent === null ? [] : hooksOf(parent)), ...before, ...each];
}

async function failureOf(own: Suite, body: Body): Promise<string | null> {
  try {
    for (const hook of hooksOf(own)) await hook();
    await body();
    return null;
  } catch (error) {
    return String(error);
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "one-process", OneProcess)];
