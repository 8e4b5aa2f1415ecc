import { bringMethods } from "./older.ts";
import { serveReceipts } from "./receipt-worker.ts";
import { startForm } from "./start.ts";

bringMethods();
// One file is page and worker, so that what both need is fetched once.
if (typeof document === "undefined") serveReceipts();
else startForm((document.currentScript as HTMLScriptElement).src);
