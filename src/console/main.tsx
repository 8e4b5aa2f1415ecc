import { bringYounger } from "../base/older.ts";
import { serveOrders } from "./openers/serve.ts";
import { startConsole } from "./start.tsx";

bringYounger();
// One script is page and worker: its hash stands for both.
if (typeof document === "undefined") serveOrders();
else startConsole(document.currentScript?.textContent ?? "");
