import { systemChance as chance } from "../base/chance.ts";
import { systemClock as clock } from "../base/clock.ts";
import { Page } from "./page.ts";

const page = new Page(document.getElementById("offline")!, clock, chance);
page.show();

// Anywhere on the page will do: a dropped file must never make the browser leave it.
// A field that asks for files takes what is dropped on it by itself, folders too.
const asksForFiles = ({ target }: Event): boolean => target instanceof HTMLInputElement && target.type === "file";
document.addEventListener("dragover", (event) => {
  if (!asksForFiles(event)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  if (asksForFiles(event)) return;
  event.preventDefault();
  if (event.dataTransfer !== null) void page.addFiles(event.dataTransfer.files);
});
window.addEventListener("beforeunload", (event) => {
  if (page.holdsUnsaved) event.preventDefault();
});
