import { findFirefox, firefoxDrill } from "./firefox.ts";

/** `npm run drill -- firefox`: the main stories in a stock Firefox; false when anything was wrong, or there is none. */
export async function runFirefox(): Promise<boolean> {
  const executable = findFirefox();
  if (executable === null) {
    console.log("No Firefox here: install firefox-esr, or name one by FIREFOX=path.");
    return false;
  }
  let wrongs = 0;
  for await (const { name, version, said, told, seconds } of firefoxDrill(executable)) {
    console.log(`| ${[name, version, said.length, told.length, seconds].join(" | ")} |`);
    for (const wrong of [...said, ...told]) console.log(`  ${wrong}`);
    wrongs += said.length + told.length;
  }
  return wrongs === 0;
}
