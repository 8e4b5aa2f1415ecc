import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemChance } from "../../../src/base/chance.ts";
import { systemClock } from "../../../src/base/clock.ts";
import { codeOf } from "../../../src/base/fault.ts";
import { countArrivals, insertArrival } from "../../../src/store/arrival.ts";
import { findBinaries } from "../../../src/store/embedded/binary.ts";
import { privacySettings } from "../../../src/store/embedded/settings.ts";
import { startEmbedded } from "../../../src/store/embedded/start.ts";
import { openStore } from "../../../src/store/open.ts";
import { arrival } from "../../support/reports.ts";
import { postmasterOf, temporaryHome } from "../../support/store.ts";

let home: string;
beforeEach(async () => {
  home = await temporaryHome();
});
afterEach(() => rm(home, { recursive: true, force: true }));

const start = (at = home) =>
  startEmbedded({ home: at, chance: systemChance, clock: systemClock, onEvent: () => undefined });

/** Starts, stores one arrival, stops. */
async function leaveOne(at = home): Promise<void> {
  await using embedded = await start(at);
  await using store = await openStore({ connection: embedded.connection });
  await insertArrival(store.db, arrival(1));
}

/** Starts and says how many arrivals are there. */
async function countIn(at = home): Promise<number> {
  await using embedded = await start(at);
  await using store = await openStore({ connection: embedded.connection });
  return await countArrivals(store.db);
}

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

test("no package for a machine is a fault of its own", () => {
  expect(() => findBinaries("sunos", "sparc")).toThrow("store.binary");
  expect(() => findBinaries("darwin", process.platform === "darwin" ? "x64" : "arm64")).toThrow("store.binary");
});

describe("a first start", () => {
  test("leaves nothing open to others, and the password nowhere but in its file", async () => {
    await using embedded = await start();
    expect(await modeOf(join(home, "postgres"))).toBe("700");
    expect(await modeOf(join(home, "run"))).toBe("700");
    expect(await modeOf(join(home, "secrets"))).toBe("700");
    expect(await modeOf(join(home, "secrets", "postgres-password"))).toBe("600");
    expect((await readdir(home)).toSorted()).toEqual(["lock", "postgres", "run", "secrets"]);
    const password = await readFile(join(home, "secrets", "postgres-password"), "utf8");
    expect(password).toMatch(/^[\w-]{43}$/);
    const pid = await postmasterOf(home);
    const { stdout: told } = await promisify(execFile)("ps", ["eww", "-p", String(pid)]);
    expect(told).toContain("listen_addresses");
    expect(told).toContain("LC_ALL=C");
    expect(told).not.toContain(password);
    expect(JSON.stringify(embedded.connection)).not.toContain(password);
  });

  test("brings the settings, and listens on its socket only", async () => {
    await using embedded = await start();
    await using store = await openStore({ connection: embedded.connection });
    const wanted = { ...privacySettings, listen_addresses: "", server_encoding: "UTF8", data_checksums: "on" };
    const { rows } = await sql<{ name: string; setting: string }>`
      select name, current_setting(name) as setting from unnest(${Object.keys(wanted)}::text[]) as name`.execute(
      store.db,
    );
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual(wanted);
    const wrong = { ...embedded.connection, password: "wrong" };
    expect(await openStore({ connection: wrong }).catch(codeOf)).toBe("store.unavailable");
    expect(await openStore({ connection: { ...wrong, host: "127.0.0.1" } }).catch(codeOf)).toBe("store.unavailable");
  });

  test("that was interrupted begins again", async () => {
    const making = join(home, "postgres.making.0badcafe");
    await mkdir(join(making, "cluster", "base"), { recursive: true });
    await mkdir(join(home, "secrets"));
    await writeFile(join(home, "secrets", "postgres-password"), "of the cluster that never was");
    await leaveOne();
    expect(await countIn()).toBe(1);
    expect(await readdir(home)).not.toContain("postgres.making.0badcafe");
  });

  test("interrupted just before it cleared up keeps the cluster", async () => {
    await leaveOne();
    await mkdir(join(home, "postgres.making.0badcafe"));
    expect(await countIn()).toBe(1);
    expect(await readdir(home)).not.toContain("postgres.making.0badcafe");
  });

  test("under a directory that no other user may enter", async () => {
    await chmod(home, 0o700);
    await leaveOne(join(home, "inner"));
    expect(await countIn(join(home, "inner"))).toBe(1);
  });

  test("in a home whose path is too long for a socket, with a space, a comma and a quote in it", async () => {
    const long = join(home, 'a, "b"', "x".repeat(100));
    await leaveOne(long);
    await using embedded = await start(long);
    expect(embedded.connection.host).not.toContain("xxx");
    expect(await modeOf(embedded.connection.host!)).toBe("700");
    await rm(embedded.connection.host!, { recursive: true });
  });
});

describe("a later start", () => {
  // A home with one arrival in it, made once; each test takes a copy, as a restored backup would be.
  let left: string;
  beforeAll(async () => {
    left = await temporaryHome();
    await leaveOne(left);
  });
  afterAll(() => rm(left, { recursive: true }));

  test("finds what was stored, also in a copy, also when the home was opened or closed to others meanwhile", async () => {
    await cp(left, home, { recursive: true });
    await chmod(home, 0o700);
    expect(await countIn()).toBe(1);
    await chmod(home, 0o711);
    expect(await countIn()).toBe(1);
  });

  test.each(["another program", "a zombie", "nobody"])(
    "does not mind a postmaster.pid that names %s",
    async (whose) => {
      await cp(left, home, { recursive: true });
      // The shell's child ends unwaited, since the shell becomes `sleep`: a zombie while that lives.
      const parent = spawn("sh", ["-c", "true & echo $!; exec sleep 300"], { stdio: ["ignore", "pipe", "inherit"] });
      const [line] = (await once(parent.stdout, "data")) as [Buffer];
      const pids = { "another program": parent.pid!, "a zombie": Number(line), nobody: 4_190_000 };
      const pid = pids[whose as keyof typeof pids];
      await writeFile(join(home, "postgres", "postmaster.pid"), `${pid}\n${join(home, "postgres")}\n1\n5432\n\n\n`);
      const found = await countIn().finally(() => parent.kill());
      expect(found).toBe(1);
      // It ended by our signal, not by the supervisor's.
      if (parent.signalCode === null) await once(parent, "exit");
      expect(parent.signalCode).toBe("SIGTERM");
    },
  );

  test.each([
    ["PG_VERSION is missing", (at: string) => rm(join(at, "postgres", "PG_VERSION"))],
    ["another major made it", (at: string) => writeFile(join(at, "postgres", "PG_VERSION"), "17\n")],
    ["the control file is missing", (at: string) => rm(join(at, "postgres", "global", "pg_control"))],
    ["the password is missing", (at: string) => rm(join(at, "secrets", "postgres-password"))],
    ["the cluster is not where it was", (at: string) => rename(join(at, "postgres"), join(at, "elsewhere"))],
    [
      "the cluster is empty",
      (at: string) => rm(join(at, "postgres"), { recursive: true }).then(() => mkdir(join(at, "postgres"))),
    ],
  ])("refuses when %s, changes nothing, and frees the home", async (_, damage) => {
    await cp(left, home, { recursive: true });
    await damage(home);
    const before = (await readdir(home, { recursive: true })).toSorted();
    expect(await start().catch(codeOf)).toBe("store.damaged");
    expect(await start().catch(codeOf)).toBe("store.damaged");
    expect((await readdir(home, { recursive: true })).toSorted()).toEqual(before);
  });
});

test("a home that cannot be made is a refusal of the start", async () => {
  await writeFile(join(home, "file"), "");
  expect(await start(join(home, "file", "inner")).catch(codeOf)).toBe("store.start");
});
