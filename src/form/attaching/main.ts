import { bringMethods } from "../older.ts";
import { startAttaching } from "./start.ts";
import { serveAttaching } from "./worker.ts";

bringMethods();
// One file is page and worker, so that what both need is fetched once.
if (typeof document === "undefined") serveAttaching();
else startAttaching((document.currentScript as HTMLScriptElement).src);
