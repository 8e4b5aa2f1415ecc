import { base64, utf8 } from "../../base/bytes.ts";
import { sha256 } from "../../envelope/hash.ts";

/** A hash source of a content security policy (CSP Level 3 §2.3.1) or the value of an integrity attribute. */
export function hashSource(text: string): string {
  return `sha256-${base64(sha256(utf8(text)))}`;
}

/**
 * Headers of every page (web.md, Security). The script within the page is known by its hash and loads the large one,
 * which it has checked: `strict-dynamic` lets it, since Firefox 115 knows no hash of an external script. Nothing else
 * runs, nothing else is styled, and nothing is fetched or posted anywhere but here.
 */
export function pageHeaders(first: string | null, style: string): Readonly<Record<string, string>> {
  const script = first === null ? "'none'" : `'${hashSource(first)}' 'strict-dynamic' 'wasm-unsafe-eval'`;
  const policy = [
    "default-src 'none'",
    `script-src ${script}`,
    "worker-src blob:",
    `style-src '${hashSource(style)}'`,
    "img-src data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types gundo gundo-worker gundo-reading gundo-attaching",
  ].join("; ");
  return {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy,
    "cross-origin-embedder-policy": "require-corp",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
  };
}
