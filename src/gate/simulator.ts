import { Hono } from "hono";
import { html } from "hono/html";
import type { Secret } from "../base/secret.ts";
import { parseE164 } from "../gateway/e164.ts";
import type { Phones } from "../gateway/simulator/phones.ts";
import { headHtml, within, type Html } from "./page/html.ts";
import { hashSource } from "./page/policy.ts";
import { problem } from "./problem.ts";

/** What is made of src/simulator before it is served. */
export interface SimulatorAssets {
  readonly script: string;
  readonly style: string;
}

/** What a demo's phone on screen is served from; only a demo has it. */
export interface SimulatorParts {
  readonly assets: SimulatorAssets;
  /** Into the page, which posts as a gateway does: so it must be a demo's. */
  readonly gatewaySecret: Secret<string>;
  /** Paths of a demo reviewer's files, for the command that the page shows. */
  readonly reader: { readonly identityFile: string; readonly passphraseFile: string };
  /** Where a demo's answers by SMS arrive. */
  readonly phones: Phones;
}

/** `GET /simulator/messages?number=`: what this phone was sent, oldest first. `GET /simulator`, and `?lang=en`: the page without any words yet, which its script draws in either language. */
export function simulatorRoutes(parts: SimulatorParts): Hono {
  const headers = { "content-type": "text/html; charset=utf-8", ...policyOf(parts.assets) };
  return new Hono()
    .get("/simulator", async (context) => {
      const language = context.req.query("lang") === "en" ? "en" : "fr";
      return new Response((await simulatorHtml(parts, language)).toString(), { headers });
    })
    .get("/simulator/messages", (context) => {
      const number = parseE164(context.req.query("number") ?? "");
      return number === null ? problem("request.malformed") : Response.json(parts.phones.messagesOf(number));
    });
}

/** One script and one style, each known by its hash; it posts here and nowhere else (web.md, Security). */
function policyOf({ script, style }: SimulatorAssets): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    `script-src '${hashSource(script)}'`,
    `style-src '${hashSource(style)}'`,
    "img-src data:",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
  return { "content-security-policy": policy, "cross-origin-embedder-policy": "require-corp" };
}

const withoutScript = {
  fr: "Ce téléphone d’essai a besoin de JavaScript. La page du formulaire, elle, s’en passe.",
  en: "This phone to try needs JavaScript. The page with the form does without.",
} as const;

function simulatorHtml({ assets, gatewaySecret, reader }: SimulatorParts, language: "fr" | "en"): Html {
  return html`<!doctype html>
    <html lang="${language}">
      ${headHtml(assets.style)}
      <body>
        <noscript><p>${withoutScript[language]}</p></noscript>
        <div
          id="simulator"
          data-gateway-secret="${gatewaySecret.reveal()}"
          data-identity-file="${reader.identityFile}"
          data-passphrase-file="${reader.passphraseFile}"
        ></div>
        ${within("script", assets.script)}
      </body>
    </html>`;
}
