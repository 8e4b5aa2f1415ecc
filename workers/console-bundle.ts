import { build, type BuildResult, type Plugin } from "esbuild";
import { join } from "node:path";
import { demoReader } from "../src/cli/demo/reader.ts";
import type { Config } from "../src/config/config.ts";
import { parseInstance, type Taxonomy } from "../src/config/instance.ts";
import { openKeys } from "../src/config/keys.ts";
import type { ConsoleAssets, ConsoleParts } from "../src/gate/console.ts";
import { pack } from "./pack.ts";

const room = join(import.meta.dirname, "..", "src", "console");

/** The reviewers' page; a demo's says where the files of its first reviewer lie. Throws `instance.malformed`. */
export async function consoleOf({ mode, home, keysDirectory }: Config): Promise<ConsoleParts> {
  const texts = openKeys(keysDirectory).instance();
  const assets = await bundleConsole(texts === null ? undefined : parseInstance(texts).taxonomy);
  if (mode !== "demo") return { assets };
  return { assets, demo: { ...demoReader(home), anchorsFile: join(keysDirectory, "anchors.json") } };
}

/** src/console as one script and one style: the same bytes for every instance that has no categories of its own. */
export async function bundleConsole(taxonomy?: Taxonomy): Promise<ConsoleAssets> {
  const { outputFiles } = await bundleConsoleFiles(taxonomy);
  const textOf = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))!.text.trim();
  return { script: textOf(".js"), style: textOf(".css"), pack };
}

/** The files, and the metafile that names all that is in them. Browsers of a laptop: Firefox 115 and Chrome 109 upward. */
export function bundleConsoleFiles(taxonomy?: Taxonomy): Promise<BuildResult<{ write: false; metafile: true }>> {
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
    plugins: taxonomy === undefined ? [] : [withTaxonomy(taxonomy)],
  });
}

/** The instance's categories in the place of those that Gundo comes with. */
function withTaxonomy({ version, groups, categories }: Taxonomy): Plugin {
  const values = { taxonomyVersion: version, groups, categories };
  const contents = Object.entries(values)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
    .join("\n");
  return {
    name: "with-taxonomy",
    setup: (building) =>
      building.onLoad({ filter: /[\\/]src[\\/]dialogue[\\/]categories\.ts$/ }, () => ({ contents, loader: "js" })),
  };
}
