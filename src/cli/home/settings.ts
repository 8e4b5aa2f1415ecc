import { join } from "node:path";
import { fromUtf8, utf8 } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";
import { readIfThere, replaceFile } from "../files.ts";
import { hasPrevious, previous } from "./rotation.ts";
import { homeSecretNames } from "./secrets.ts";

/** The settings of a production start, for a shell or a unit's EnvironmentFile. Names of files, no secret. */
export function settingsText(settings: {
  readonly home: string;
  readonly keys: string;
  readonly origin: string;
}): string {
  const { home, keys, origin } = settings;
  const names = hasPrevious(home) ? [...homeSecretNames, previous] : homeSecretNames;
  const lines = [
    ["GUNDO_MODE", "production"],
    ["GUNDO_HOME", home],
    ["GUNDO_KEYS", keys],
    ["PUBLIC_ORIGIN", origin],
    ...names.map((name) => [`${name}_FILE`, join(home, "secrets", name)] as const),
  ] as const;
  return lines.map(([name, value]) => `${name}=${quoted(value)}\n`).join("");
}

/** Makes `gundo.env`, where there is one, name the former VOPRF key's file just when there is such a file. */
export function namePrevious(home: string): void {
  const path = join(home, "gundo.env");
  const text = fromUtf8(readIfThere(path) ?? new Uint8Array(0)) ?? "";
  if (text === "") return;
  const others = text.split(/(?<=\n)/).filter((line) => !line.startsWith(`${previous}_FILE=`));
  const line = `${previous}_FILE=${quoted(join(home, "secrets", previous))}\n`;
  replaceFile(path, utf8([...others, ...(hasPrevious(home) ? [line] : [])].join("")), 0o644);
}

// One spelling that both a shell and systemd (systemd.exec, EnvironmentFile) read as it stands.
function quoted(value: string): string {
  if (/['"\\$`\p{Cc}]/u.test(value)) throw new Fault("cli.usage");
  return `'${value}'`;
}
