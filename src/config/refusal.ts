import type { OperatorText } from "../base/events.ts";
import type { FaultCode } from "../base/fault.ts";
import type { Refusal, Rule, Variable } from "./config.ts";

const rules: Record<Rule, string> = {
  port: "must be a whole number from 0 to 65535",
  host: "must be an address of this machine, such as 127.0.0.1",
  mode: "must be demo or production",
  role: "must be all, core, edge or worker",
  postgresUrl: "must be a postgres:// or postgresql:// URL",
  redisUrl: "must be a redis:// or rediss:// URL, with a password unless it is loopback or a unix socket",
  pathSecret: "must be made of letters, digits, - and _ only (two, parted by a comma, while you rotate it)",
  headerSecret: "must be made of printable ASCII characters without a space",
  longSecret: "must be at least 32 characters in production",
  notDemo: "must not be a demo value in production",
  required: "must be set for this GUNDO_ROLE and GUNDO_MODE",
  httpsOrigin: "must begin with https://, or be an http:// onion address, in production",
  origin: "must be an origin such as https://example.org, without a path",
  url: "must be an http:// or https:// URL",
  httpsUrl: "must be an https:// URL, unless it is of this machine",
  key32: "must be 32 bytes in base64url (43 characters)",
  file: "names a file that cannot be read",
  oneOf: "must be given either directly or as _FILE, not both",
  together: "must be set together with its partner (AT_USERNAME and AT_API_KEY)",
};

const makeSecret = "node -e 'console.log(crypto.randomBytes(32).toString(\"base64url\"))'";

const nextCommands: Partial<Record<Variable, string>> = {
  GATEWAY_SECRET: `export GATEWAY_SECRET="$(${makeSecret})"`,
  EDGE_SECRET: `export EDGE_SECRET="$(${makeSecret})"`,
  CORE_URL: "export CORE_URL=http://the.core.example:8080",
  DATABASE_URL: "export DATABASE_URL=postgres://user:password@host/database",
  OPRF_KEY: `export OPRF_KEY="$(${makeSecret})"`,
  SEEN_KEY: `export SEEN_KEY="$(${makeSecret})"`,
  CHECKPOINT_KEY: `export CHECKPOINT_KEY="$(${makeSecret})"`,
  PUBLIC_ORIGIN: "export PUBLIC_ORIGIN=https://your.domain.example",
  GUNDO_KEYS: "npx gundo roster verify --keys ./keys",
  GUNDO_MODE: "export GUNDO_MODE=demo   # to try Gundo out, on this machine only",
};

/** What an operator is told when Gundo does not start: each variable with its rule, then the commands that mend it. */
export function refusalText(refusals: readonly Refusal[]): OperatorText {
  const reasons = refusals.map(({ variable, rule }) => `  ${variable} ${rules[rule]}`);
  const commands = new Set(refusals.map(({ variable }) => nextCommands[variable] ?? "see README.md, Configuration"));
  return ["Gundo did not start:", ...reasons, "Next:", ...[...commands].map((command) => `  ${command}`)].join(
    "\n",
  ) as OperatorText;
}

const startFailures: Partial<Record<FaultCode, string>> = {
  "home.refused": "GUNDO_HOME cannot be written: is its disk full or read-only, and may this user write there?",
  "store.inUse": "another Gundo uses this GUNDO_HOME: stop it first, or set another GUNDO_HOME",
  "store.damaged": "the database in GUNDO_HOME is damaged: keep the directory as it is and restore a backup elsewhere",
  "store.binary": "PostgreSQL for this machine was not installed: run npm ci again, or set DATABASE_URL",
  "store.start": "PostgreSQL did not start: is there room on the disk, and may this user write to GUNDO_HOME?",
  "store.unavailable": "PostgreSQL does not answer: is DATABASE_URL right, and the server up?",
  "queue.unavailable":
    "the queue does not answer: is REDIS_URL (or without one DATABASE_URL) right, and the server up?",
  "queue.evicts":
    "the Redis server may drop jobs when memory is short: set maxmemory-policy noeviction in redis.conf and restart it",
  "digest.malformed":
    "digest.json in GUNDO_HOME is not as deploy/RUNBOOK.md shows it, or others may read it: chmod 600 digest.json",
  "digest.smtp": "digest.json names e-mail and SMTP_URL is not set: set it, or take the e-mail targets out",
  "digest.key":
    "digest.json needs the core's CHECKPOINT_KEY in this process too: set it, or take digest.json out of this GUNDO_HOME",
  "listen.refused": "HOST and PORT cannot be listened on: is another program there? try PORT=0",
  "anchors.missing": "there is no anchors.json in GUNDO_KEYS: get it from your board",
  "anchors.demo": "GUNDO_KEYS holds a demo's anchors and production refuses them: put your board's there",
  "instance.missing": "there is no instance.json in GUNDO_KEYS: it says your help number, cost and days to an answer",
  "instance.malformed": "instance.json in GUNDO_KEYS is not as deploy/RUNBOOK.md shows it",
  "roster.oprf":
    "OPRF_KEY or OPRF_KEY_PREVIOUS is not a key the roster names: receipts made with it would open nothing",
  "roster.missing": "there is no roster.note in GUNDO_KEYS: get it from your board",
  "anchors.malformed": "anchors.json in GUNDO_KEYS is damaged: get it again from your board",
  "note.malformed": "roster.note in GUNDO_KEYS is not a signed note",
  "note.signature": "a signature on roster.note is wrong: it was edited after it was signed",
  "roster.signers": "too few members of the board in anchors.json signed roster.note",
  "roster.malformed": "roster.note is of another version, or damaged",
  "roster.instance": "roster.note belongs to another instance",
  "roster.serial": "roster.note is older than one this home has accepted, or than anchors.json allows",
  "roster.link":
    "roster.note does not follow the one this home has accepted: there may be two, or one between is missing",
  "roster.expired": "roster.note expired more than 30 days ago: the board must renew it",
};

/** What an operator is told when the start fails for a reason outside the configuration. */
export function startFailureText(code: FaultCode): OperatorText {
  const next = code.startsWith("anchors.") || code.startsWith("roster.") ? `\nNext:\n  ${nextCommands.GUNDO_KEYS}` : "";
  return `Gundo did not start: ${startFailures[code] ?? "see the code"} (${code})${next}` as OperatorText;
}
