import { createHash } from "node:crypto";
import { chmod, chown, lstat, mkdir, open, readFile, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fault } from "../../base/fault.ts";
import type { Identity } from "./identity.ts";

/** Where the store keeps what in a home. */
export interface Home {
  readonly root: string;
  readonly lock: string;
  /** The cluster: everything PostgreSQL writes. */
  readonly cluster: string;
  readonly secrets: string;
  readonly password: string;
}

/** Makes the home where there is none: others may pass through it, never list it; all that is in it is 0700. */
export async function makeHome(path: string): Promise<Home> {
  await mkdir(path, { recursive: true, mode: 0o711 });
  const root = await realpath(path);
  const secrets = join(root, "secrets");
  await makePrivate(secrets);
  return {
    root,
    lock: join(root, "lock"),
    cluster: join(root, "postgres"),
    secrets,
    password: join(secrets, "postgres-password"),
  };
}

export async function makePrivate(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await chmod(path, 0o700);
}

// sun_path: 108 bytes on Linux, 104 on macOS, with the closing zero.
const longestSocketPath = process.platform === "darwin" ? 103 : 107;
export const socketPort = 5432;

/**
 * The socket's directory, 0700: in the home, or when its path is too long for a socket, under the temporary directory
 * by a hash of the home.
 *
 * @throws Fault `store.start` when somebody else made that directory first.
 */
export async function socketDirectory(home: Home, { owner }: Identity): Promise<string> {
  const inHome = join(home.root, "run");
  const name = createHash("sha256").update(`${owner.uid}:${home.root}`).digest("hex").slice(0, 16);
  const path = fits(inHome) ? inHome : join(tmpdir(), `gundo-${name}`);
  if (!fits(path)) throw new Fault("store.start");
  await mkdir(path, { recursive: true, mode: 0o700 });
  const found = await lstat(path);
  // The home is ours whoever served it last; in the temporary directory anybody could have been first.
  const trusted = path === inHome || [process.getuid!(), owner.uid].includes(found.uid);
  if (!found.isDirectory() || !trusted) throw new Fault("store.start");
  await chmod(path, 0o700);
  await chown(path, owner.uid, owner.gid);
  return path;
}

function fits(directory: string): boolean {
  return Buffer.byteLength(join(directory, `.s.PGSQL.${socketPort}.lock`)) <= longestSocketPath;
}

/** A rename is durable only once its directory is. */
export async function syncPath(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The file's text, or null when there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
