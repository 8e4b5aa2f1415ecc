import { formatReceipt, type Receipt } from "../mailbox/receipt.ts";
import { element } from "./page.ts";

/** Puts the thanks in place of the forms, or beside them. The two numbers are shown once and kept nowhere. */
export function showThanks(receipt: Receipt | null, beside = false): void {
  if (!beside) element("entry").textContent = "";
  if (receipt !== null) showNumbers(formatReceipt(receipt));
  element("numbers").hidden = receipt === null;
  element("no-numbers").hidden = receipt !== null;
  const thanks = element("thanks");
  thanks.hidden = false;
  thanks.focus();
}

/** Above the button, what would else be said after the press: nobody will be able to answer. */
export function foretellNoNumbers(): void {
  const sentence = document.createElement("p");
  sentence.className = "warn";
  sentence.textContent = element("no-numbers").textContent;
  element("sealing").append(sentence);
}

function showNumbers(numbers: readonly [string, string]): void {
  const places = [element("first-number"), element("second-number")] as const;
  const write = (texts: readonly string[]): void =>
    places.forEach((place, index) => {
      place.textContent = texts[index]!;
    });
  write(numbers);
  // Browsers offer no clipboard outside a secure context: then the button goes, and the numbers stay to be written down.
  const clipboard = "clipboard" in navigator ? navigator.clipboard : null;
  element("copy").hidden = clipboard === null;
  element("copy").addEventListener("click", () => void clipboard?.writeText(numbers.join("\n")));
  element("noted").addEventListener("click", () => {
    write(["", ""]);
    element("numbers").hidden = true;
  });
}
