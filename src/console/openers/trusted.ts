/** Trusted Types as far as the console needs them (W3C Trusted Types §2.3); TypeScript's own library has none. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

let policy: { createScriptURL(url: string): string } | null = null;

/**
 * The address as something a worker may be started from. The policy's name stands in the page's headers and can be made
 * once, here: no other code on the page can load anything.
 */
export function trustedAddress(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return address;
  policy ??= trustedTypes.createPolicy("gundo-console", { createScriptURL: (url) => url });
  return policy.createScriptURL(address);
}
