import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { childEnvironment } from "./processes.ts";
import { until } from "./store.ts";

const checkout = join(import.meta.dirname, "../..");
const node = join(checkout, "node_modules/.bin/node");

/** One process of an instance that is split into roles. */
export interface RoleProcess {
  readonly pid: number;
  /** Everything it printed, on both streams. */
  printed(): string;
  stop(signal: "SIGKILL" | "SIGINT"): Promise<void>;
}

/** Starts a role and resolves once it has printed `ready`. Rejects when it ends before. */
export async function startRole(
  home: string,
  ready: RegExp,
  environment: Readonly<Record<string, string>>,
): Promise<RoleProcess> {
  const env = { ...childEnvironment, PORT: "0", GUNDO_HOME: home, ...environment };
  const child = spawn(node, ["src/main.ts"], { cwd: checkout, env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  await until(() => {
    if (child.exitCode !== null) throw new Error(`ended before it was ready: ${said}`);
    return ready.test(said);
  });
  return {
    pid: child.pid!,
    printed: () => said,
    stop: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill(signal);
      await exited;
    },
  };
}
