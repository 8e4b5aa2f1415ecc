import * as z from "zod";
import { fromBase64url } from "../base/bytes.ts";
import type { Rule } from "./config.ts";

/** A zod issue's message is our rule's name, so that no value can reach a message. */
export function rule(name: Rule): { error: Rule } {
  return { error: name };
}

export const key32 = z.string().refine((text) => fromBase64url(text)?.length === 32, rule("key32"));

/** One path secret, or two during rotation. */
export const pathSecrets = z.string().regex(/^[A-Za-z0-9_-]+(,[A-Za-z0-9_-]+)?$/, rule("pathSecret"));

/** What travels in a header. */
export const headerSecret = z.string().regex(/^[!-~]+$/, rule("headerSecret"));

export function url(protocols: readonly string[], name: Rule): z.ZodString {
  return z.string().refine((text) => protocols.includes(URL.parse(text)?.protocol ?? ""), rule(name));
}

/** What production holds against a secret, or several parted by commas; null for nothing. */
export function weakness(secrets: string): Rule | null {
  if (secrets.split(",").includes("demo")) return "notDemo";
  return secrets.split(",").some((secret) => secret.length < 32) ? "longSecret" : null;
}
