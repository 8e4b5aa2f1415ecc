import { equal, utf8 } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";
import { sha256 } from "../../envelope/hash.ts";
import type { Api } from "../api.ts";
import type { Warning } from "../state.ts";

/** What this page is made of, as it runs. */
export interface OwnPage {
  readonly script: string;
  readonly style: string;
}

/** SHA-256 over the hashes of script and style, 32 bytes: what a release can publish, whatever instance serves it. */
export function pageHash({ script, style }: OwnPage): Uint8Array {
  return sha256(new Uint8Array([...sha256(utf8(script)), ...sha256(utf8(style))]));
}

/**
 * Whether the page is the one this browser saw last (`pageChanged`: a release, or somebody's hand), and whether the
 * server would hand the same to somebody else now (`pageOther`). A page that lies about itself is out of its own reach:
 * `gundo verify-page` looks from outside.
 */
export async function checkPage(api: Api, own: OwnPage, remembered: Uint8Array | null): Promise<Warning | null> {
  const served = await api.publicBytes("/console");
  if (served === null) throw new Fault("core.unavailable");
  const text = new TextDecoder().decode(served);
  const same = text.includes(`<script>${own.script}</script>`) && text.includes(`<style>${own.style}</style>`);
  if (!same) return "pageOther";
  return remembered === null || equal(remembered, pageHash(own)) ? null : "pageChanged";
}
