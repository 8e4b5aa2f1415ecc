import { build } from "esbuild";
import { join } from "node:path";
import type { SimulatorAssets } from "../src/gate/simulator.ts";

const room = join(import.meta.dirname, "..", "src", "simulator");

/** src/simulator as one script and one style. It is for whoever tries Gundo out, in a browser of today. */
export async function bundleSimulator(): Promise<SimulatorAssets> {
  const { outputFiles } = await build({
    entryPoints: [join(room, "main.ts"), join(room, "style.css")],
    outdir: "build",
    bundle: true,
    minify: true,
    format: "iife",
    platform: "browser",
    target: ["chrome109", "firefox115"],
    charset: "utf8",
    legalComments: "none",
    write: false,
    logLevel: "silent",
  });
  const textOf = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))!.text.trim();
  return { script: textOf(".js"), style: textOf(".css") };
}
