import { Fault } from "../../base/fault.ts";
import { kitLines, readKit } from "../../roster/ceremony/kit.ts";
import { decryptKeys, encryptKeys, type Keys } from "../../roster/identity.ts";
import { digits, lines, make } from "../element.ts";
import { fileField, secretArea, stepForm } from "../fields.ts";
import { newPassphrase, newPassphraseFields, passphraseField } from "../passphrase.ts";
import type { Result, Session } from "../session.ts";
import { spokenFingerprint } from "./keys.ts";

/** Keys as words on paper, and back from the paper. */
export function drawKit(session: Session): readonly Node[] {
  const { words, tray } = session;
  const { kit } = words;
  const show = stepForm(
    session,
    [
      fileField(session, "kit.identity", words.files.identity, tray.of("identity"), words.missing.identity),
      passphraseField(session, "kit.passphrase"),
    ],
    kit.act,
    () => showWords(session),
  );
  const back = stepForm(
    session,
    [secretArea(session, "kit.words", kit.typed, kit.typedHint), ...newPassphraseFields(session, "kit.fresh")],
    kit.backAct,
    () => recover(session),
  );
  return [make("p", {}, kit.intro), show, make("h3", {}, kit.back), back];
}

async function showWords({ tray, typed }: Session): Promise<Result> {
  const { bytes } = typed.file("kit.identity", tray, "identity");
  const written = kitLines(await decryptKeys(bytes, typed.text("kit.passphrase")));
  return { made: [], draw: (words) => [make("p", {}, words.kit.copy), lines(written, "kit")] };
}

async function recover(session: Session): Promise<Result> {
  const passphrase = newPassphrase(session, "kit.fresh");
  const reading = readKit(session.typed.text("kit.words"));
  if (!reading.ok) return wrongLine(reading.line);
  const { keys } = reading;
  return {
    made: [{ name: `${keys.id}.age`, bytes: await encryptKeys(keys, passphrase, session.chance) }],
    draw: (words) => recovered(words.kit.recovered(keys.id), keys),
  };
}

function recovered(said: string, keys: Keys): readonly Node[] {
  return [make("p", {}, said), digits(spokenFingerprint(keys))];
}

/** Which line to look at again: the words stay as they were typed. Throws `kit.malformed` when no one line is to blame. */
function wrongLine(line: number): Result {
  if (line > 8) throw new Fault("kit.malformed");
  return {
    made: [],
    refused: true,
    draw: (words) => [make("p", {}, line === 0 ? words.kit.noName : words.kit.wrongLine(line))],
  };
}
