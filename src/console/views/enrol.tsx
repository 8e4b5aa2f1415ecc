import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { show } from "../console.ts";
import { makeKeys, type MadeKeys } from "../enrol.ts";
import type { Refusal } from "../state.ts";
import { useConsole } from "./context.ts";
import { PassphraseField, RefusalLine, TextField } from "./fields.tsx";
import { saveFile } from "./save.ts";

/** New keys: for who has none, and for who renews theirs under the same name. */
export function EnrolView({ renews }: { readonly renews: boolean }): JSX.Element {
  const { gundo, words } = useConsole();
  const [made, setMade] = useState<MadeKeys | null>(null);
  const back = (): void => show(gundo, renews ? { screen: "inbox" } : { screen: "unlock" });
  return (
    <section class="card" aria-labelledby="title">
      <h1 id="title">{made !== null ? words.madeTitle : renews ? words.renewTitle : words.enrolTitle}</h1>
      {made === null ? <EnrolForm renews={renews} done={setMade} /> : <Made made={made} />}
      <p>
        <button type="button" onClick={back}>
          {words.back}
        </button>
      </p>
    </section>
  );
}

interface EnrolFormProps {
  readonly renews: boolean;
  readonly done: (made: MadeKeys) => void;
}

function EnrolForm({ renews, done }: EnrolFormProps): JSX.Element {
  const { gundo, state, words } = useConsole();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [making, setMaking] = useState(false);
  const submit = async (form: HTMLFormElement): Promise<void> => {
    if (making) return;
    setMaking(true);
    const result = await makeKeys(gundo, formOf(new FormData(form)));
    setMaking(false);
    if (result.ok) done(result.made);
    else setRefusal(result.refusal);
  };
  return (
    <form
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      {(renews ? words.renewLead : words.enrolLead).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <TextField
        name="id"
        label={words.chosenName}
        hint={words.chosenNameHint}
        {...(renews && { value: state.signedIn?.reviewer ?? "" })}
      />
      <PassphraseField name="new" label={words.newPassphrase} hint={words.newPassphraseHint} complete="new-password" />
      <PassphraseField name="repeated" label={words.repeat} complete="new-password" />
      <RefusalLine refusal={refusal} />
      <p>
        <button type="submit" class="go" aria-disabled={making}>
          {words.makeKeys}
        </button>
        <span role="status">{making ? words.makingKeys : ""}</span>
      </p>
      <p class="hint">{words.neverLeaves}</p>
    </form>
  );
}

function formOf(fields: FormData): Parameters<typeof makeKeys>[1] {
  const text = (name: string): string => {
    const value = fields.get(name);
    return typeof value === "string" ? value : "";
  };
  return { id: text("id").trim(), passphrase: text("new"), repeated: text("repeated") };
}

function Made({ made }: { readonly made: MadeKeys }): JSX.Element {
  const { words } = useConsole();
  return (
    <>
      {words.madeNext.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p>
        <button type="button" class="go" onClick={() => saveFile(`${made.id}.age`, made.identityFile)}>
          {words.saveIdentity}
        </button>
        <button type="button" class="go" onClick={() => saveFile(`${made.id}.enrol.json`, made.request)}>
          {words.saveRequest}
        </button>
      </p>
      <p>{words.readAloud}</p>
      <p class="digits" id="key-digits">
        {made.digits}
      </p>
    </>
  );
}
