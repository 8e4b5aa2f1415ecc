import { spawn } from "node:child_process";
import { lchown, lstat, readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Fault } from "../../base/fault.ts";
import type { Binaries } from "./binary.ts";

/** As whom PostgreSQL runs: it refuses root, and `initdb` refuses a user without a name. */
export interface Identity {
  readonly command: (program: string, args: readonly string[]) => readonly [string, readonly string[]];
  /** For `spawn`; empty when the child keeps our user. */
  readonly user: { readonly uid: number; readonly gid: number } | Record<string, never>;
  /** Who must own the cluster and the socket directory on disk. */
  readonly owner: { readonly uid: number; readonly gid: number };
}

/** The child's whole environment: nothing of ours reaches it, and nothing secret is in it. */
export const childEnvironment = { LC_ALL: "C", TZ: "UTC", PATH: "/usr/bin:/bin:/usr/sbin:/sbin" };

/**
 * Chooses the first way that works here: our own user; an unprivileged user when we are root and it can reach program
 * and home; a user namespace in which we look unprivileged.
 *
 * @throws Fault `store.start` when none does.
 */
export async function chooseIdentity(binaries: Binaries, home: string): Promise<Identity> {
  const users = await namedUsers();
  const self = { uid: process.getuid!(), gid: process.getgid!() };
  const unprivileged = users.get("gundo") ?? users.get("nobody");
  for (const identity of candidates(self, [...users.values()], unprivileged))
    if (await works(identity, self.uid, binaries, home)) return identity;
  throw new Fault("store.start");
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

function candidates(self: User, named: readonly User[], unprivileged: User | undefined): readonly Identity[] {
  if (self.uid !== 0 && named.some(({ uid }) => uid === self.uid)) return [{ command: direct, user: {}, owner: self }];
  if (unprivileged === undefined) return [];
  const dropped = { command: direct, user: unprivileged, owner: unprivileged };
  const mapped = { command: inNamespace(unprivileged), user: {}, owner: self };
  return self.uid === 0 ? [dropped, mapped] : [mapped];
}

const direct: Identity["command"] = (program, args) => [program, args];

function inNamespace({ uid, gid }: User): Identity["command"] {
  const map = ["--user", `--map-user=${uid}`, `--map-group=${gid}`];
  return (program, args) => ["unshare", [...map, "--", program, ...args]];
}

async function works(identity: Identity, self: number, binaries: Binaries, home: string): Promise<boolean> {
  if (identity.owner.uid !== self && !(await openToAll(home))) return false;
  const [command, args] = identity.command(binaries.postgres, ["--version"]);
  // Runs the dynamic linker too, so that unreadable libraries show here and not at the first start.
  const child = spawn(command, args, { ...identity.user, env: childEnvironment, stdio: "ignore" });
  return new Promise((resolve) => {
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}

/** Whether every directory on the way to `path`, itself too, lets other users through. */
async function openToAll(path: string): Promise<boolean> {
  if (((await stat(path)).mode & 0o001) === 0) return false;
  return path === dirname(path) || openToAll(dirname(path));
}

async function namedUsers(): Promise<ReadonlyMap<string, User>> {
  const rows = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  const users = rows.map(([name, , uid, gid]) => [name ?? "", { uid: Number(uid), gid: Number(gid) }] as const);
  return new Map(users.filter(([, { uid, gid }]) => uid > 0 && gid > 0));
}

/**
 * Gives a tree to its owner, entry by entry: a home may have been restored, copied by files, or served as another user
 * before. Only root can give; for anybody else what is not theirs stays so, and PostgreSQL refuses it.
 */
export async function own(path: string, owner: User): Promise<void> {
  if (process.getuid!() !== 0) return;
  const entries = await readdir(path, { recursive: true });
  await Promise.all(["", ...entries].map((entry) => give(join(path, entry), owner)));
}

async function give(path: string, { uid, gid }: User): Promise<void> {
  const found = await lstat(path);
  if (found.uid !== uid || found.gid !== gid) await lchown(path, uid, gid);
}
