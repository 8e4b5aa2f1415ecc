import type { OwnAddress } from "../base/events.ts";
import type { Secret } from "../base/secret.ts";
import type { RedisAddress } from "./redis-address.ts";

export type Mode = "demo" | "production";
export type Role = "all" | "core" | "edge" | "worker";

/** Settings: what may be printed. Secrets are another type, so that one cannot slip in among these. */
export interface Config {
  readonly mode: Mode;
  readonly role: Role;
  readonly host: string;
  /** 0 lets the system choose, for tests. */
  readonly port: number;
  /** Absolute path of all state. */
  readonly home: string;
  /** Directory of anchors.json and roster.note, public halves only. */
  readonly keysDirectory: string;
  /** What reviewers and informants type; null in demo mode until the port is known. */
  readonly publicOrigin: OwnAddress | null;
  /** Where an edge posts sealed reports; null when this process is the core. */
  readonly coreUrl: string | null;
}

export interface Secrets {
  readonly databaseUrl: Secret<string> | null;
  /** BullMQ on Redis; null for PostgreSQL. */
  readonly redis: Secret<RedisAddress> | null;
  /** One path secret, or two during rotation. */
  readonly gatewaySecrets: readonly Secret<string>[];
  readonly edgeSecret: Secret<string> | null;
  readonly oprfKey: Secret<string> | null;
  /** The one before OPRF_KEY, as long as receipts made with it are read. */
  readonly oprfKeyPrevious: Secret<string> | null;
  readonly seenKey: Secret<string> | null;
  readonly checkpointKey: Secret<string> | null;
  readonly africasTalking: { readonly username: string; readonly apiKey: Secret<string> } | null;
  readonly smtpUrl: Secret<string> | null;
}

/** The variables of the contract for scripts (operations.md). */
export type Variable =
  | "PORT"
  | "HOST"
  | "GUNDO_HOME"
  | "GUNDO_MODE"
  | "DATABASE_URL"
  | "REDIS_URL"
  | "GATEWAY_SECRET"
  | "GUNDO_ROLE"
  | "GUNDO_KEYS"
  | "PUBLIC_ORIGIN"
  | "CORE_URL"
  | "EDGE_SECRET"
  | "OPRF_KEY"
  | "OPRF_KEY_PREVIOUS"
  | "SEEN_KEY"
  | "CHECKPOINT_KEY"
  | "AT_USERNAME"
  | "AT_API_KEY"
  | "SMTP_URL";

export type Rule =
  | "port"
  | "host"
  | "mode"
  | "role"
  | "postgresUrl"
  | "redisUrl"
  | "pathSecret"
  | "headerSecret"
  | "longSecret"
  | "notDemo"
  | "required"
  | "httpsOrigin"
  | "origin"
  | "url"
  | "httpsUrl"
  | "key32"
  | "file"
  | "oneOf"
  | "together";

/** One reason not to start: which variable, which rule; never the value. */
export interface Refusal {
  readonly variable: Variable;
  readonly rule: Rule;
}
