import { resolve } from "node:path";
import { z } from "zod";
import type { OwnAddress } from "../base/events.ts";
import { Secret } from "../base/secret.ts";
import type { Config, Mode, Refusal, Role, Rule, Secrets, Variable } from "./config.ts";
import type { Environment } from "./environment.ts";
import { parseRedisUrl } from "./redis-address.ts";
import { headerSecret, key32, pathSecrets, rule, url, weakness } from "./values.ts";

export type Reading =
  | { readonly ok: true; readonly config: Config; readonly secrets: Secrets }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

const secretVariables = [
  "DATABASE_URL",
  "REDIS_URL",
  "GATEWAY_SECRET",
  "EDGE_SECRET",
  "OPRF_KEY",
  "OPRF_KEY_PREVIOUS",
  "SEEN_KEY",
  "CHECKPOINT_KEY",
  "AT_USERNAME",
  "AT_API_KEY",
  "SMTP_URL",
] as const;

const common = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, rule("port"))
    .transform(Number)
    .refine((port) => port < 65_536, rule("port"))
    .default(8080),
  HOST: z
    .string()
    .regex(/^[0-9a-zA-Z.:-]+$/, rule("host"))
    .default("127.0.0.1"),
  GUNDO_HOME: z.string().default("./data"),
  GUNDO_MODE: z.enum(["demo", "production"], rule("mode")).default("demo"),
  GUNDO_ROLE: z.enum(["all", "core", "edge", "worker"], rule("role")).default("all"),
  GUNDO_KEYS: z.string().optional(),
  DATABASE_URL: url(["postgres:", "postgresql:"], "postgresUrl").optional(),
  REDIS_URL: z
    .string()
    .refine((text) => parseRedisUrl(text) !== null, rule("redisUrl"))
    .optional(),
  GATEWAY_SECRET: pathSecrets.optional(),
  PUBLIC_ORIGIN: z.string().refine(isOrigin, rule("origin")).optional(),
  CORE_URL: url(["http:", "https:"], "url").optional(),
  EDGE_SECRET: headerSecret.optional(),
  OPRF_KEY: key32.optional(),
  OPRF_KEY_PREVIOUS: key32.optional(),
  SEEN_KEY: key32.optional(),
  CHECKPOINT_KEY: key32.optional(),
  AT_USERNAME: z.string().optional(),
  AT_API_KEY: z.string().optional(),
  SMTP_URL: url(["smtp:", "smtps:"], "url").optional(),
});

type Values = z.infer<typeof common>;

/** The whole configuration out of an environment, or every reason why not. `readFile` serves the `*_FILE` forms. */
export function readConfig(environment: Environment, readFile: (path: string) => string | null): Reading {
  const { values, refusals } = withFiles(environment, readFile);
  const parsed = common.safeParse(values);
  if (!parsed.success) {
    const shape = parsed.error.issues.map((issue) => ({
      variable: issue.path[0] as Variable,
      rule: issue.message as Rule,
    }));
    return { ok: false, refusals: [...refusals, ...shape] };
  }
  const all = [...refusals, ...crossChecks(parsed.data)];
  return all.length > 0
    ? { ok: false, refusals: all }
    : { ok: true, config: configOf(parsed.data), secrets: secretsOf(parsed.data) };
}

/** An empty variable counts as not set: that is what `VAR= npm start` means to an operator. */
function withFiles(
  environment: Environment,
  readFile: (path: string) => string | null,
): {
  values: Record<string, string>;
  refusals: Refusal[];
} {
  const values: Record<string, string> = {};
  const refusals: Refusal[] = [];
  for (const variable of Object.keys(common.shape) as Variable[]) {
    const direct = environment[variable] || undefined;
    const path = secretVariables.some((name) => name === variable)
      ? environment[`${variable}_FILE`] || undefined
      : undefined;
    const filed = path === undefined ? undefined : readFile(path);
    if (direct !== undefined && path !== undefined) refusals.push({ variable, rule: "oneOf" });
    else if (filed === null) refusals.push({ variable, rule: "file" });
    const value = direct ?? filed;
    if (value !== undefined && value !== null) values[variable] = value;
  }
  return { values, refusals };
}

function crossChecks(values: Values): Refusal[] {
  const refusals: Refusal[] = [];
  if ((values.AT_USERNAME === undefined) !== (values.AT_API_KEY === undefined))
    refusals.push({ variable: values.AT_USERNAME === undefined ? "AT_USERNAME" : "AT_API_KEY", rule: "together" });
  const { GUNDO_ROLE: role, GUNDO_MODE: mode } = values;
  const needed = new Set<Variable>([...neededByRole[role], ...(mode === "production" ? requiredSecrets[role] : [])]);
  if (mode === "production") refusals.push(...productionChecks(values));
  for (const variable of needed) if (values[variable] === undefined) refusals.push({ variable, rule: "required" });
  return refusals;
}

/** What a part of a split instance cannot make by itself, in a demo either: it would not be the other parts' value. */
const neededByRole = {
  all: [],
  core: ["EDGE_SECRET"],
  edge: ["CORE_URL", "EDGE_SECRET", "OPRF_KEY"],
  worker: ["DATABASE_URL"],
} as const satisfies Record<Role, readonly Variable[]>;

function productionChecks(values: Values): Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (variable: Variable, name: Rule): number => refusals.push({ variable, rule: name });
  if (values.PUBLIC_ORIGIN === undefined) refuse("PUBLIC_ORIGIN", "required");
  else if (!isGuardedOrigin(values.PUBLIC_ORIGIN)) refuse("PUBLIC_ORIGIN", "httpsOrigin");
  for (const variable of requiredSecrets[values.GUNDO_ROLE]) {
    const value = values[variable];
    if (value === undefined) continue;
    const broken = weakness(value);
    if (broken !== null) refuse(variable, broken);
  }
  return refusals;
}

/** What a role cannot do without; the rest is made at start or belongs to another role. */
const requiredSecrets = {
  all: ["GATEWAY_SECRET", "OPRF_KEY", "CHECKPOINT_KEY"],
  edge: ["GATEWAY_SECRET", "EDGE_SECRET", "OPRF_KEY", "SEEN_KEY"],
  core: ["EDGE_SECRET", "CHECKPOINT_KEY"],
  // CHECKPOINT_KEY only where it reminds anybody: `readDigest` asks for it.
  worker: [],
} as const;

function configOf(values: Values): Config {
  const home = resolve(values.GUNDO_HOME);
  return {
    mode: values.GUNDO_MODE satisfies Mode,
    role: values.GUNDO_ROLE,
    host: values.HOST,
    port: values.PORT,
    home,
    keysDirectory: resolve(values.GUNDO_KEYS ?? (values.GUNDO_MODE === "demo" ? `${home}/demo/keys` : "./keys")),
    publicOrigin: (values.PUBLIC_ORIGIN ?? null) as OwnAddress | null,
    coreUrl: values.CORE_URL ?? null,
  };
}

function secretsOf(values: Values): Secrets {
  const paths = values.GATEWAY_SECRET ?? (values.GUNDO_MODE === "demo" ? "demo" : undefined);
  return {
    databaseUrl: wrap(values.DATABASE_URL),
    redis: values.REDIS_URL === undefined ? null : new Secret(parseRedisUrl(values.REDIS_URL)!),
    gatewaySecrets: paths?.split(",").map((path) => new Secret(path)) ?? [],
    edgeSecret: wrap(values.EDGE_SECRET),
    oprfKey: wrap(values.OPRF_KEY),
    oprfKeyPrevious: wrap(values.OPRF_KEY_PREVIOUS),
    seenKey: wrap(values.SEEN_KEY),
    checkpointKey: wrap(values.CHECKPOINT_KEY),
    africasTalking:
      values.AT_USERNAME === undefined || values.AT_API_KEY === undefined
        ? null
        : { username: values.AT_USERNAME, apiKey: new Secret(values.AT_API_KEY) },
    smtpUrl: wrap(values.SMTP_URL),
  };
}

function wrap(text: string | undefined): Secret<string> | null {
  return text === undefined ? null : new Secret(text);
}

function isOrigin(text: string): boolean {
  const parsed = URL.parse(text);
  return parsed !== null && ["http:", "https:"].includes(parsed.protocol) && parsed.origin === text;
}

function isGuardedOrigin(text: string): boolean {
  return text.startsWith("https://") || /^http:\/\/[a-z2-7]{56}\.onion$/.test(text);
}
