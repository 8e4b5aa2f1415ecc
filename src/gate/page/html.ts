import { html, raw } from "hono/html";

/** What hono's `html` makes: every value put into it is escaped. */
export type Html = ReturnType<typeof html>;

/** Not a blank more than the text, or its hash would be another one. */
export function within(tag: "script" | "style", text: string): Html {
  return raw(`<${tag}>${text}</${tag}>`);
}

/** The head of a page that no robot lists: one title for all, and nothing that is fetched. */
export function headHtml(style: string): Html {
  return html`<head>
    <meta charset="utf-8" />
    <title>Gundo</title>
    <meta name="viewport" content="width=device-width,initial-scale=1" />
    <meta name="robots" content="noindex" />
    <link rel="icon" href="data:," />
    ${within("style", style)}
  </head>`;
}
