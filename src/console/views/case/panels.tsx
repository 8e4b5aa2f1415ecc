import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { utf8 } from "../../../base/bytes.ts";
import { dayOf } from "../../../base/clock.ts";
import {
  knowers,
  mayForward,
  mostTextBytes,
  outcomes,
  type Knowers,
  type Outcome,
} from "../../../envelope/case-act.ts";
import { readersOf } from "../../../roster/readers.ts";
import { bare } from "../../case/deeds.ts";
import { perform } from "../../case/desk.ts";
import type { PanelProps } from "./actions.tsx";
import { Choice, PanelForm, TextArea, Tick, useCase } from "./parts.tsx";

export function NotePanel(): JSX.Element {
  const { gundo, say } = useCase();
  return (
    <TextPanel submit={say.saveNote} label={say.text} act={(text) => perform(gundo, bare({ kind: "note", text }))} />
  );
}

export function ReopenPanel(): JSX.Element {
  const { gundo, say } = useCase();
  return (
    <TextPanel submit={say.reopen} label={say.why} act={(text) => perform(gundo, bare({ kind: "reopen", text }))} />
  );
}

interface TextPanelProps {
  readonly submit: string;
  readonly label: string;
  readonly act: (text: string) => unknown;
}

function TextPanel({ submit, label, act }: TextPanelProps): JSX.Element {
  const [text, setText] = useState("");
  const isFit = text.trim() !== "" && utf8(text).length <= mostTextBytes;
  return (
    <PanelForm submit={submit} act={isFit ? () => act(text) : null}>
      <TextArea label={label} value={text} change={setText} mostBytes={mostTextBytes} />
    </PanelForm>
  );
}

/** The re-identification check (web.md, Case). */
export function AssessPanel({ read: { known } }: PanelProps): JSX.Element {
  const { gundo, say } = useCase();
  const [count, setCount] = useState<Knowers | null>(known.exposure?.knowers ?? null);
  const [named, setNamed] = useState(known.exposure?.named ?? false);
  const act =
    count === null ? null : () => perform(gundo, bare({ kind: "assess", exposure: { knowers: count, named } }));
  return (
    <PanelForm submit={say.saveAssessment} act={act}>
      <p>{say.assessLead}</p>
      <fieldset>
        <legend>{say.knowersQuestion}</legend>
        {knowers.map((one) => (
          <label key={one} class="tick">
            <input type="radio" name="knowers" value={one} checked={count === one} onChange={() => setCount(one)} />
            {say.knowers[one]}
          </label>
        ))}
      </fieldset>
      <Tick label={say.named} value={named} change={setNamed} />
    </PanelForm>
  );
}

export function HandOverPanel({ conversation, read: { known } }: PanelProps): JSX.Element {
  const { gundo, state, say } = useCase();
  const [to, setTo] = useState("");
  const me = state.signedIn?.reviewer;
  if (known.lead !== me) return <p>{say.onlyLeader}</p>;
  const { desk, message } = conversation.first;
  const today = dayOf(gundo.clock.nowMs());
  const readers = gundo.session === null ? [] : readersOf(gundo.session.roster, desk, message.report.exclude, today);
  const others = readers.filter(({ id }) => id !== me && !known.aside.includes(id));
  if (others.length === 0) return <p>{say.nobodyElse}</p>;
  const act = to === "" ? null : () => perform(gundo, bare({ kind: "handOver", to }));
  return (
    <PanelForm submit={say.handOver} act={act}>
      <Choice name="hand-over-to" label={say.handOverTo} value={to} change={setTo}>
        {others.map(({ id, name, organisation }) => (
          <option key={id} value={id}>
            {name} ({organisation})
          </option>
        ))}
      </Choice>
    </PanelForm>
  );
}

/** Passing on is not offered for what points at its source; no reader's console would take it either. */
export function ClosePanel({ read: { known } }: PanelProps): JSX.Element {
  const { gundo, say } = useCase();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const isBlocked = outcome === "passedOn" && !mayForward(known.exposure);
  const act = outcome === null || isBlocked ? null : () => perform(gundo, bare({ kind: "close", outcome }));
  return (
    <PanelForm submit={say.close} act={act}>
      <Choice
        name="close-outcome"
        label={say.outcome}
        value={outcome ?? ""}
        change={(value) => setOutcome(outcomes.find((one) => one === value) ?? null)}
      >
        {outcomes.map((one) => (
          <option key={one} value={one}>
            {say.outcomes[one]}
          </option>
        ))}
      </Choice>
      <div role="alert">
        {isBlocked && (
          <p class="notice" data-blocked>
            {known.exposure === null ? say.notAssessed : say.mayNotLeave}
          </p>
        )}
      </div>
      <p class="hint">{say.closeLead}</p>
    </PanelForm>
  );
}

export function AsidePanel(): JSX.Element {
  const { gundo, say } = useCase();
  return (
    <PanelForm submit={say.asideConfirm} act={() => perform(gundo, bare({ kind: "aside" }))}>
      {say.asideLead.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </PanelForm>
  );
}
