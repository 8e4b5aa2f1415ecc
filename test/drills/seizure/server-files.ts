import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Encrypter } from "age-encryption";
import { base64url } from "../../../src/base/bytes.ts";
import { systemChance } from "../../../src/base/chance.ts";
import { systemClock } from "../../../src/base/clock.ts";
import { formatIdentity } from "../../../src/envelope/recipient.ts";
import { oprfKeyOf } from "../../../src/mailbox/oprf-key.ts";
import { anchorsText } from "../../../src/roster/text.ts";
import { signedBy, testBoard, type TestBoard } from "../../support/board.ts";
import type { Provider } from "./provider.ts";

const passphrase = "cinq mots que personne ne dirait";

/** A board whose roster names this key. */
export function boardWith(oprfKey: Uint8Array): TestBoard {
  const made = testBoard(systemClock);
  return { ...made, body: { ...made.body, oprf: { current: oprfKeyOf(oprfKey).publicKey, previous: null } } };
}

/** What a board hands a server. */
export async function writeKeys(keys: string, { anchors, board, body }: TestBoard): Promise<void> {
  await writeFile(join(keys, "anchors.json"), anchorsText(anchors));
  await writeFile(join(keys, "roster.note"), signedBy(board.slice(0, 2), body));
  const texts = { helpNumber: "112", cost: { fr: "gratuit", en: "free" }, answerDays: 14, smsAnswers: {} };
  await writeFile(join(keys, "instance.json"), JSON.stringify({ ...texts, firstBulletin: "2027-01-01" }));
}

/** What lies on a reviewer's own machine; under a passphrase that costs a thousandth to try, since drills type it often. */
export async function writePerson(people: string, person: TestBoard["people"][number]): Promise<void> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(8);
  const seed = base64url(person.signing.reveal());
  const lines = [
    "# gundo identity v1",
    `# id: ${person.id}`,
    `# ed25519 seed: ${seed}`,
    formatIdentity(person.identity),
  ];
  await writeFile(join(people, `${person.id}.age`), await encrypter.encrypt(`${lines.join("\n")}\n`));
  await writeFile(join(people, `${person.id}.passphrase`), `${passphrase}\n`);
}

/** The variables that name the files, as `gundo init` leaves them: secrets lie in the home and nowhere else. */
export async function writeSecrets(
  home: string,
  { server, relay }: TestBoard,
  oprfKey: Uint8Array,
  { apiKey }: Provider,
): Promise<Readonly<Record<string, string>>> {
  const directory = join(home, "secrets");
  await mkdir(directory, { mode: 0o700 });
  await writeFile(join(directory, "relay-key"), relay.signing.reveal(), { mode: 0o600 });
  const secrets = {
    GATEWAY_SECRET: base64url(systemChance.bytes(32)),
    OPRF_KEY: base64url(oprfKey),
    CHECKPOINT_KEY: base64url(server.signing.reveal()),
    AT_API_KEY: apiKey,
    AT_USERNAME: "gundo",
  };
  const files = Object.entries(secrets).map(([name, value]) => ({ name, value, path: join(directory, name) }));
  for (const { path, value } of files) await writeFile(path, value, { mode: 0o600 });
  return Object.fromEntries(files.map(({ name, path }) => [`${name}_FILE`, path]));
}
