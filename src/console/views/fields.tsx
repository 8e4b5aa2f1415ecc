import type { JSX } from "preact";
import type { Refusal } from "../state.ts";
import { useConsole } from "./context.ts";

interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
}

interface FileFieldProps extends Field {
  readonly required?: boolean;
  /** Told of what was picked, as it was then. */
  readonly change?: (file: Uint8Array | null) => void;
}

export function FileField({ name, label, hint, required, change }: FileFieldProps): JSX.Element {
  const picked = async (input: HTMLInputElement): Promise<void> =>
    change?.(await bytesOfFile(input.files?.[0] ?? null));
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type="file"
        required={required === true}
        onChange={({ currentTarget }) => void picked(currentTarget)}
        {...describedBy(name, hint)}
      />
      <Hint name={name} hint={hint} />
    </div>
  );
}

type Passphrase = Field & { readonly complete: "current-password" | "new-password" };

export function PassphraseField({ name, label, hint, complete }: Passphrase): JSX.Element {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type="password"
        autocomplete={complete}
        spellcheck={false}
        required
        {...describedBy(name, hint)}
      />
      <Hint name={name} hint={hint} />
    </div>
  );
}

export function TextField({ name, label, hint, value }: Field & { readonly value?: string }): JSX.Element {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type="text"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        required
        defaultValue={value ?? ""}
        {...describedBy(name, hint)}
      />
      <Hint name={name} hint={hint} />
    </div>
  );
}

function describedBy(name: string, hint: string | undefined): { "aria-describedby"?: string } {
  return hint === undefined ? {} : { "aria-describedby": `${name}-hint` };
}

function Hint({ name, hint }: { readonly name: string; readonly hint: string | undefined }): JSX.Element | null {
  if (hint === undefined) return null;
  return (
    <p class="hint" id={`${name}-hint`}>
      {hint}
    </p>
  );
}

/** Always there, so that a screen reader hears it fill. */
export function RefusalLine({ refusal }: { readonly refusal: Refusal | null }): JSX.Element {
  const { words } = useConsole();
  return (
    <p class="refusal" role="alert" data-refusal={refusal ?? undefined}>
      {refusal === null ? "" : words.refusals[refusal]}
    </p>
  );
}

/** Larger than any identity file or anchors; a film picked by mistake is not read. */
const mostFileBytes = 1_000_000;

/** The bytes of a picked file; null when none was picked. */
export async function bytesOfFile(value: FormDataEntryValue | null): Promise<Uint8Array | null> {
  if (!(value instanceof File) || (value.name === "" && value.size === 0)) return null;
  return new Uint8Array(await value.slice(0, mostFileBytes).arrayBuffer());
}
