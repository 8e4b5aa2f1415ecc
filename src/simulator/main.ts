import { bringYounger } from "../base/older.ts";
import { systemChance as chance } from "../base/chance.ts";
import { systemClock as clock } from "../base/clock.ts";
import { make } from "./element.ts";
import { Page } from "./page.ts";
import { receiveAll } from "./receive.ts";
import { settingsOf } from "./settings.ts";

bringYounger();
const root = document.getElementById("simulator")!;
const page = new Page(settingsOf(root), document.documentElement.lang, clock, chance);

const language = page.labels.text(make("button", { type: "button", "data-key": "language" }), (w) => w.other.name);
page.labels.language(language, (words) => words.other.language);
language.addEventListener("click", () => {
  page.changeLanguage();
  history.replaceState(null, "", `?lang=${page.words.language}`);
});

const title = page.labels.text(make("h1"), (words) => words.title);
const intro = page.labels.text(make("p"), (words) => words.intro);
const hint = page.labels.text(make("p", { class: "hint" }), (words) => words.hint);
root.replaceChildren(
  make("header", {}, title, language),
  make(
    "main",
    {},
    intro,
    make("div", { class: "both" }, make("div", {}, page.handset.element, hint), page.notes.element),
  ),
);
page.show();
receiveAll(
  () => page.ownNumber,
  (texts) => page.received(texts),
);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") page.hangUp();
  // Typed while nothing in particular has the focus: it is meant for the phone.
  const loose = event.target === document.body && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (loose && event.key.length === 1) page.handset.line.focus();
});
// Whoever closes the page during a call has dropped out of it.
window.addEventListener("pagehide", () => page.hangUp());
