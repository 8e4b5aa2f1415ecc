import { build, type BuildOptions, type OutputFile } from "esbuild";

async function bundle(entry: string, options: BuildOptions): Promise<readonly OutputFile[]> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    outdir: "bundle",
    write: false,
    ...options,
  });
  return outputFiles!;
}

/** One script as the oldest browser of web.md gets it, modules of WebAssembly inside as bytes. */
export async function bundleForBrowser(entry: string): Promise<string> {
  const [script] = await bundle(entry, { target: "chrome80", loader: { ".wasm": "binary" } });
  return script!.text;
}

/** Modules as workerd gets them, by name; modules of WebAssembly beside the script, to be compiled when it starts. */
export async function bundleForWorkerd(entry: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = await bundle(entry, { conditions: ["workerd"], loader: { ".wasm": "copy" } });
  return new Map(files.map((file) => [file.path.split("/").at(-1)!, file.contents]));
}

/** The exports of a bundled script, run here. */
export async function run<Exports>(script: string): Promise<Exports> {
  const url = `data:text/javascript;base64,${Buffer.from(script).toString("base64")}`;
  return (await import(/* @vite-ignore */ url)) as Exports;
}
