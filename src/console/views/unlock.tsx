import type { JSX } from "preact";
import { show } from "../console.ts";
import { demoFiles } from "../demo.ts";
import { confirmAnchors, refuseAnchors, unlock } from "../unlock.ts";
import { useConsole } from "./context.ts";
import { bytesOfFile, FileField, PassphraseField, RefusalLine } from "./fields.tsx";

/** Locked: the form that opens an identity file, or the digits to compare. */
export function UnlockView(): JSX.Element {
  const { state } = useConsole();
  return state.compare === null ? <UnlockForm /> : <CompareAnchors digits={state.compare} />;
}

function UnlockForm(): JSX.Element {
  const { gundo, state, words } = useConsole();
  const submit = async (form: HTMLFormElement): Promise<void> => {
    const fields = new FormData(form);
    const identity = await bytesOfFile(fields.get("identity"));
    const passphrase = fields.get("passphrase");
    if (identity === null || typeof passphrase !== "string") return;
    const anchors = await bytesOfFile(fields.get("anchors"));
    // The field is emptied before the answer is there: nobody reads it off the screen later.
    form.querySelector<HTMLInputElement>("[name=passphrase]")!.value = "";
    await unlock(gundo, { identity, passphrase, anchors });
  };
  return (
    <section class="card" aria-labelledby="title">
      <h1 id="title">{words.unlockTitle}</h1>
      <p data-locked={state.locked}>{words.lockedBecause[state.locked]}</p>
      <form
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(event.currentTarget);
        }}
      >
        <FileField name="identity" label={words.identityFile} hint={words.identityHint} required />
        <PassphraseField name="passphrase" label={words.passphrase} complete="current-password" />
        <FileField name="anchors" label={words.anchorsFile} hint={words.anchorsHint} />
        <RefusalLine refusal={state.refusal} />
        <p>
          <button type="submit" class="go" aria-disabled={state.busy}>
            {words.unlock}
          </button>
          <span role="status">{state.busy ? words.unlocking : ""}</span>
        </p>
        <p class="hint">{words.neverLeaves}</p>
      </form>
      <p>
        <button type="button" onClick={() => show(gundo, { screen: "enrol" })}>
          {words.noKeys}
        </button>
      </p>
      <DemoHint />
    </section>
  );
}

/** Where a demo's files lie; anywhere else the server says nothing of the kind. */
function DemoHint(): JSX.Element | null {
  const { words } = useConsole();
  const files = demoFiles();
  if (files === null) return null;
  const [lead, ...paths] = words.demo(files.identityFile, files.passphraseFile, files.anchorsFile);
  return (
    <aside class="demo">
      <p>{lead}</p>
      <ul>
        {paths.map((path) => (
          <li key={path}>
            <code>{path}</code>
          </li>
        ))}
      </ul>
    </aside>
  );
}

function CompareAnchors({ digits }: { readonly digits: string }): JSX.Element {
  const { gundo, state, words } = useConsole();
  return (
    <section class="card" aria-labelledby="title">
      <h1 id="title">{words.compareTitle}</h1>
      <p>{words.compare}</p>
      <p class="digits" id="anchors-digits">
        {digits}
      </p>
      <RefusalLine refusal={state.refusal} />
      <p>
        <button type="button" class="go" onClick={() => void confirmAnchors(gundo)}>
          {words.compareSame}
        </button>
        <button type="button" onClick={() => refuseAnchors(gundo)}>
          {words.compareOther}
        </button>
      </p>
    </section>
  );
}
