import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { categories, taxonomyVersion } from "../../../dialogue/categories.ts";
import { geographyVersion, malianRegions } from "../../../dialogue/places.ts";
import { bare } from "../../case/deeds.ts";
import { perform } from "../../case/desk.ts";
import { labelFormOf, labelOf } from "../../case/label.ts";
import type { PanelProps } from "./actions.tsx";
import { Choice, PanelForm, Tick, useCase } from "./parts.tsx";

const versions = { taxonomy: taxonomyVersion, geography: geographyVersion };

/** What the report counts as, once a quarter, in a table that points at nobody (trends.md, Labels). */
export function LabelPanel({ conversation, read }: PanelProps): JSX.Element {
  const { gundo, state, say } = useCase();
  const { report } = conversation.first.message;
  const [form, setForm] = useState(() => labelFormOf(read.known.label, report));
  const label = labelOf(form, report, versions);
  const act = label === null ? null : () => perform(gundo, bare({ kind: "label", label }));
  return (
    <PanelForm submit={say.saveLabel} act={act}>
      <Choice
        name="label-category"
        label={say.category}
        value={form.category}
        change={(category) => setForm({ ...form, category })}
      >
        {categories.map(({ code, name }) => (
          <option key={code} value={code}>
            {name[state.language]}
          </option>
        ))}
      </Choice>
      <Choice name="label-place" label={say.place} value={form.place} change={(place) => setForm({ ...form, place })}>
        <Places />
      </Choice>
      <TokenField
        name="label-incident"
        label={say.incident}
        hint={say.incidentHint}
        value={form.incident}
        change={(incident) => setForm({ ...form, incident })}
      />
      <TokenField
        name="label-locality"
        label={say.locality}
        hint={say.localityHint}
        value={form.locality}
        change={(locality) => setForm({ ...form, locality })}
      />
      <Tick label={say.plausible} value={form.plausible} change={(plausible) => setForm({ ...form, plausible })} />
      <p class="hint">{say.versions(taxonomyVersion, geographyVersion)}</p>
    </PanelForm>
  );
}

function Places(): JSX.Element {
  return (
    <>
      {malianRegions.map((region) => (
        <optgroup key={region.code} label={region.name}>
          <option value={region.code}>{region.name}</option>
          {region.cercles.map(({ code, name }) => (
            <option key={code} value={code}>
              {name} ({region.name})
            </option>
          ))}
        </optgroup>
      ))}
    </>
  );
}

interface TokenProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly change: (value: string) => void;
}

function TokenField({ name, label, hint, value, change }: TokenProps): JSX.Element {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        type="text"
        autocomplete="off"
        maxLength={64}
        aria-describedby={`${name}-hint`}
        value={value}
        onInput={({ currentTarget }) => change(currentTarget.value)}
      />
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
    </div>
  );
}
