/** Trusted Types as far as this page needs them (W3C Trusted Types §2.3); TypeScript's own library has none. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/**
 * The address as something a script may be loaded from. The policy's names stand in the page's headers, and each can be
 * made once: no other code on the page can load anything.
 */
export function trustedAddress(policy: "gundo" | "gundo-worker", address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  return trustedTypes?.createPolicy(policy, { createScriptURL: (url) => url }).createScriptURL(address) ?? address;
}
