import { build, type Metafile } from "esbuild";
import { join } from "node:path";
import { hashSource } from "../src/gate/page/policy.ts";

const room = join(import.meta.dirname, "..", "src", "offline");

/** The oldest browsers that open the file: Firefox 115 ESR and a Chromium of its year. */
const target = ["chrome115", "firefox115"];

/** The whole ceremony as one HTML file, the same bytes on every machine; the metafile names all that is in it. */
export async function bundleOffline(): Promise<{ readonly html: string; readonly metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(room, "main.ts"), join(room, "style.css")],
    outdir: "build",
    bundle: true,
    minify: true,
    format: "iife",
    platform: "browser",
    target,
    charset: "utf8",
    legalComments: "none",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const textOf = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))!.text.trim();
  return { html: offlineHtml(textOf(".js"), textOf(".css")), metafile };
}

/** This script and this style and nothing else: nothing is fetched, posted, framed or made into HTML. */
function offlineHtml(script: string, style: string): string {
  const policy = [
    "default-src 'none'",
    `script-src '${hashSource(script)}'`,
    `style-src '${hashSource(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
  return [
    "<!doctype html>",
    '<html lang="fr"><head><meta charset="utf-8">',
    `<meta http-equiv="content-security-policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">',
    `<title>Gundo</title><style>${style}</style></head>`,
    '<body><div id="offline"></div><p id="busy" role="status"></p>',
    "<noscript><p>Cette page calcule dans le navigateur : permettez-lui JavaScript. Elle ne parle à aucun réseau.</p></noscript>",
    `<script>${script}</script></body></html>`,
    "",
  ].join("\n");
}
