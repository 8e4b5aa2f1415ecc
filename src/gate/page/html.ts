import type { html } from "hono/html";

/** What hono's `html` makes: every value put into it is escaped. */
export type Html = ReturnType<typeof html>;
