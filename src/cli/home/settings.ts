import { join } from "node:path";
import { Fault } from "../../base/fault.ts";
import { homeSecretNames } from "./secrets.ts";

/** The settings of a production start, for a shell or a unit's EnvironmentFile. Names of files, no secret. */
export function settingsText(settings: {
  readonly home: string;
  readonly keys: string;
  readonly origin: string;
}): string {
  const { home, keys, origin } = settings;
  const lines = [
    ["GUNDO_MODE", "production"],
    ["GUNDO_HOME", home],
    ["GUNDO_KEYS", keys],
    ["PUBLIC_ORIGIN", origin],
    ...homeSecretNames.map((name) => [`${name}_FILE`, join(home, "secrets", name)] as const),
  ] as const;
  return lines.map(([name, value]) => `${name}=${quoted(value)}\n`).join("");
}

// One spelling that both a shell and systemd (systemd.exec, EnvironmentFile) read as it stands.
function quoted(value: string): string {
  if (/['"\\$`\p{Cc}]/u.test(value)) throw new Fault("cli.usage");
  return `'${value}'`;
}
