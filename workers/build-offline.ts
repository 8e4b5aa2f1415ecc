import { mkdir, writeFile } from "node:fs/promises";
import { hex, utf8 } from "../src/base/bytes.ts";
import { sha256 } from "../src/envelope/hash.ts";
import { bundleOffline } from "./offline-bundle.ts";

/** Writes `build/gundo-offline.html`, and beside it the hash by which whoever is handed a copy compares (`sha256sum -c`). */
const html = utf8((await bundleOffline()).html);
await mkdir("build", { recursive: true });
await writeFile("build/gundo-offline.html", html);
await writeFile("build/gundo-offline.html.sha256", `${hex(sha256(html))}  gundo-offline.html\n`);
