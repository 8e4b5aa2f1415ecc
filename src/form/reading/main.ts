import { bringMethods } from "../older.ts";
import { startReading } from "./start.ts";
import { serveReading } from "./worker.ts";

bringMethods();
// One file is page and worker, so that what both need is fetched once.
if (typeof document === "undefined") serveReading();
else startReading((document.currentScript as HTMLScriptElement).src);
