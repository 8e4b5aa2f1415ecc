import { Fault } from "../base/fault.ts";
import type { Config, Secrets } from "./config.ts";
import type { Environment } from "./environment.ts";
import { readConfig } from "./read.ts";

/** Where a server keeps its state: what a command run beside it needs, and none of its other secrets. */
export type Places = Pick<Config, "home"> & Pick<Secrets, "databaseUrl" | "redis">;

const variables = ["GUNDO_HOME", "DATABASE_URL", "DATABASE_URL_FILE", "REDIS_URL", "REDIS_URL_FILE"];

/** @throws Fault `config.refused` when one of them breaks its rule. */
export function readPlaces(environment: Environment, readFile: (path: string) => string | null): Places {
  const named = variables.map((variable) => [variable, environment[variable]] as const);
  const reading = readConfig(Object.fromEntries(named), readFile);
  if (!reading.ok) throw new Fault("config.refused");
  const { databaseUrl, redis } = reading.secrets;
  return { home: reading.config.home, databaseUrl, redis };
}
