import { Hono } from "hono";
import { html } from "hono/html";
import { utf8 } from "../base/bytes.ts";
import type { Packed } from "./page/assets.ts";
import { headHtml, within, type Html } from "./page/html.ts";
import { hashSource } from "./page/policy.ts";
import { packedResponse } from "./page/response.ts";

/** What is made of src/console before it is served: the same for every instance, so that one hash stands for it. */
export interface ConsoleAssets {
  readonly script: string;
  readonly style: string;
  readonly pack: (bytes: Uint8Array) => Packed;
}

/** What the reviewers' page is served from. */
export interface ConsoleParts {
  readonly assets: ConsoleAssets;
  /** Paths of a demo reviewer's files, for whoever tries it out; production has none. */
  readonly demo?: { readonly identityFile: string; readonly passphraseFile: string; readonly anchorsFile: string };
}

/** `GET /console`: one document with script and style in it, each known by its hash (web.md, The reviewers' console). */
async function consolePage({ assets, demo }: ConsoleParts): Promise<Packed> {
  return assets.pack(utf8((await consoleHtml(assets, demo)).toString()));
}

export function consoleRoutes(parts: ConsoleParts): Hono {
  const headers = { "content-type": "text/html; charset=utf-8", ...policyOf(parts.assets) };
  let page: Promise<Packed> | null = null;
  return new Hono().get("/console", async (context) =>
    packedResponse(context, await (page ??= consolePage(parts)), headers),
  );
}

/**
 * One script, out of which workers are started too; WebAssembly for libsodium; nothing else runs, and nothing is asked or
 * posted anywhere but here. Trusted Types: no text becomes markup or script.
 */
function policyOf({ script, style }: ConsoleAssets): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    `script-src '${hashSource(script)}' 'wasm-unsafe-eval'`,
    "worker-src blob:",
    `style-src '${hashSource(style)}'`,
    "img-src data:",
    // An attachment in a frame that may do nothing: it inherits this policy besides.
    "frame-src blob:",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types gundo-console",
  ].join("; ");
  return {
    "content-security-policy": policy,
    "cross-origin-embedder-policy": "require-corp",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), clipboard-read=()",
  };
}

const withoutScript = {
  fr: "Les lecteurs ont besoin de JavaScript : les signalements s’ouvrent dans leur navigateur, jamais sur le serveur.",
  en: "Reviewers need JavaScript: reports are opened in their browser, never on the server.",
} as const;

function consoleHtml({ script, style }: ConsoleAssets, demo: ConsoleParts["demo"]): Html {
  return html`<!doctype html>
    <html lang="fr">
      ${headHtml(style)}
      <body>
        <noscript>
          <p>${withoutScript.fr}</p>
          <p lang="en">${withoutScript.en}</p>
        </noscript>
        ${root(demo)} ${within("script", script)}
      </body>
    </html>`;
}

function root(demo: ConsoleParts["demo"]): Html {
  if (demo === undefined) return html`<div id="console"></div>`;
  return html`<div
    id="console"
    data-identity-file="${demo.identityFile}"
    data-passphrase-file="${demo.passphraseFile}"
    data-anchors-file="${demo.anchorsFile}"
  ></div>`;
}
