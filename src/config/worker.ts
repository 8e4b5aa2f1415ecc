import * as z from "zod";
import { fromBase64url } from "../base/bytes.ts";
import { Secret } from "../base/secret.ts";
import type { Refusal, Rule, Variable } from "./config.ts";
import { headerSecret, key32, pathSecrets, rule, weakness } from "./values.ts";

/** What a Cloudflare Worker is bound to: the edge's part of the contract for scripts (operations.md), always production. */
export interface WorkerConfig {
  readonly coreUrl: string;
  readonly edgeSecret: Secret<string>;
  readonly gatewaySecrets: readonly Secret<string>[];
  /** 32 bytes each. */
  readonly oprfKey: Secret<Uint8Array>;
  readonly oprfKeyPrevious: Secret<Uint8Array> | null;
  readonly seenKey: Secret<Uint8Array>;
}

export type WorkerReading =
  | { readonly ok: true; readonly config: WorkerConfig }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

const strong = (text: string): boolean => weakness(text) === null;

// Other bindings, of which there is at least the Durable Object, are none of this.
const bindings = z.object({
  CORE_URL: z.string(rule("required")).refine(isGuarded, rule("httpsUrl")),
  EDGE_SECRET: z.string(rule("required")).pipe(headerSecret).refine(strong, rule("longSecret")),
  GATEWAY_SECRET: z.string(rule("required")).pipe(pathSecrets).refine(strong, rule("longSecret")),
  OPRF_KEY: z.string(rule("required")).pipe(key32),
  // An empty binding is one that was taken away.
  OPRF_KEY_PREVIOUS: z.union([z.literal(""), key32], rule("key32")).optional(),
  SEEN_KEY: z.string(rule("required")).pipe(key32),
});

/** The configuration out of a Worker's bindings, or every reason why not. */
export function readWorkerConfig(bound: unknown): WorkerReading {
  const parsed = bindings.safeParse(bound);
  if (!parsed.success) {
    const refusals = parsed.error.issues.map(({ path, message }) => ({
      variable: path[0] as Variable,
      rule: message as Rule,
    }));
    return { ok: false, refusals };
  }
  const { CORE_URL, EDGE_SECRET, GATEWAY_SECRET, OPRF_KEY, OPRF_KEY_PREVIOUS, SEEN_KEY } = parsed.data;
  return {
    ok: true,
    config: {
      coreUrl: CORE_URL,
      edgeSecret: new Secret(EDGE_SECRET),
      gatewaySecrets: GATEWAY_SECRET.split(",").map((path) => new Secret(path)),
      oprfKey: keyOf(OPRF_KEY),
      oprfKeyPrevious: OPRF_KEY_PREVIOUS ? keyOf(OPRF_KEY_PREVIOUS) : null,
      seenKey: keyOf(SEEN_KEY),
    },
  };
}

function keyOf(text: string): Secret<Uint8Array> {
  return new Secret<Uint8Array>(fromBase64url(text)!);
}

/** From a Worker the way to the core is the open network: only a core on the same machine, in a test, may go without TLS. */
function isGuarded(text: string): boolean {
  const parsed = URL.parse(text);
  if (parsed?.protocol === "https:") return true;
  return parsed?.protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(parsed.hostname);
}
