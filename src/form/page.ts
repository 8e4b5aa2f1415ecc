import type { PageNotice } from "../dialogue/words-page.ts";

/** What the page says of the closing of the message; each has its sentence on the page from the start. */
export type Sealing = "plain" | "loading" | "sealed" | "sending" | "refused";

/** The element with this id. Every id that the script asks for is written by the server's page: a lack is our bug. */
export function element(id: string): HTMLElement {
  return document.getElementById(id)!;
}

export function showSealing(sealing: Sealing): void {
  showOnly("sealing", "data-sealing", sealing);
}

/** Shows one notice and brings it to eyes and screen readers; null takes it away. */
export function showNotice(notice: PageNotice | null): void {
  showOnly("notices", "data-notice", notice ?? "");
  if (notice !== null) element("notices").focus({ preventScroll: true });
}

/** Whether this notice is the one shown. */
export function isShown(notice: PageNotice): boolean {
  return element("notices").querySelector(`[data-notice=${notice}]:not([hidden])`) !== null;
}

function showOnly(id: string, attribute: string, value: string): void {
  for (const one of element(id).querySelectorAll<HTMLElement>(`[${attribute}]`))
    one.hidden = one.getAttribute(attribute) !== value;
}
