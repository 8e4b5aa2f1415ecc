import { build, type BuildResult } from "esbuild";
import { join } from "node:path";
import { demoReader } from "../src/cli/demo/reader.ts";
import type { Config } from "../src/config/config.ts";
import type { ConsoleAssets, ConsoleParts } from "../src/gate/console.ts";
import { pack } from "./pack.ts";

const room = join(import.meta.dirname, "..", "src", "console");

/** The reviewers' page; a demo's says where the files of its first reviewer lie. */
export async function consoleOf({ mode, home, keysDirectory }: Config): Promise<ConsoleParts> {
  const assets = await bundleConsole();
  if (mode !== "demo") return { assets };
  return { assets, demo: { ...demoReader(home), anchorsFile: join(keysDirectory, "anchors.json") } };
}

/** src/console as one script and one style: the same bytes whatever instance serves them. */
export async function bundleConsole(): Promise<ConsoleAssets> {
  const { outputFiles } = await bundleConsoleFiles();
  const textOf = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))!.text.trim();
  return { script: textOf(".js"), style: textOf(".css"), pack };
}

/** The files, and the metafile that names all that is in them. Browsers of a laptop: Firefox 115 and Chrome 109 upward. */
export function bundleConsoleFiles(): Promise<BuildResult<{ write: false; metafile: true }>> {
  return build({
    entryPoints: [join(room, "main.tsx"), join(room, "style.css")],
    outdir: "build",
    bundle: true,
    minify: true,
    format: "iife",
    platform: "browser",
    target: ["chrome109", "firefox115"],
    jsx: "automatic",
    jsxImportSource: "preact",
    charset: "utf8",
    legalComments: "none",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
}
