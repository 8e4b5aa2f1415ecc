/** Trusted Types as far as this page needs them (W3C Trusted Types §2.3); TypeScript's own library has none. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/**
 * What makes addresses into something that a script may be loaded from. The policies' names stand in the page's headers,
 * and each can be made once: no other code on the page can load anything.
 */
export function trustAddresses(
  policy: "gundo" | "gundo-worker" | "gundo-reading" | "gundo-attaching",
): (address: string) => string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const made = trustedTypes?.createPolicy(policy, { createScriptURL: (url) => url });
  return (address) => made?.createScriptURL(address) ?? address;
}
