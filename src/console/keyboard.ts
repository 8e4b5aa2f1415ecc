/** What a key does while nothing is being typed. */
export type Shortcut =
  | "next"
  | "previous"
  | "open"
  | "back"
  | "search"
  | "danger"
  | "clear"
  | "lock"
  | "sheet"
  | CaseShortcut;

/** Those of the case. Stepping aside has none: it cannot be undone. */
type CaseShortcut = "take" | "answer" | "note" | "label" | "assess" | "close";

export const keyNames: Readonly<Record<Shortcut, string>> = {
  next: "j",
  previous: "k",
  open: "Enter",
  back: "u",
  search: "/",
  danger: "d",
  clear: "x",
  lock: "L",
  sheet: "?",
  take: "t",
  answer: "a",
  note: "n",
  label: "l",
  assess: "w",
  close: "c",
};

const shortcuts = Object.keys(keyNames) as readonly Shortcut[];

/** What a key press asks for, or null: letters belong to whoever types, and a key with Ctrl or Alt to the browser. */
export function shortcutOf(event: KeyboardEvent): Shortcut | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return null;
  if (isTyping(event.target)) return null;
  // A button or a link keeps its own Enter.
  if (event.key === "Enter" && event.target instanceof HTMLElement && event.target.matches("button, a, summary"))
    return null;
  return shortcuts.find((one) => keyNames[one] === event.key) ?? null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input:not([type=checkbox]), textarea, select");
}
