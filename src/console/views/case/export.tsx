import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { dayOf } from "../../../base/clock.ts";
import { mayForward } from "../../../envelope/case-act.ts";
import { malianRegions } from "../../../dialogue/places.ts";
import { messagesOf } from "../../case/conversation.ts";
import { quarterOf, redactedCopy, sealedCopy } from "../../case/export.ts";
import { redact, redactedText } from "../../case/redact.ts";
import { categoryName } from "../../names.ts";
import { shownText } from "../../text.ts";
import { saveFile } from "../save.ts";
import type { PanelProps } from "./actions.tsx";
import { PanelForm, TextArea, Tick, useCase } from "./parts.tsx";

const mostRedactedBytes = 100_000;

/** A sealed copy for the same readers, and a redacted one for outside, which the check holds back. */
export function ExportPanel(props: PanelProps): JSX.Element {
  const { gundo, say } = useCase();
  const { exposure } = props.read.known;
  const saveSealed = (): void => {
    if (gundo.session === null) return;
    const today = dayOf(gundo.clock.nowMs());
    const { roster } = gundo.session;
    saveFile("gundo-case.age", sealedCopy(roster, props.conversation, props.read.known, today, gundo.chance));
  };
  return (
    <>
      <p>{say.sealedCopyLead}</p>
      <p>
        <button type="button" data-action="sealed-copy" onClick={saveSealed}>
          {say.sealedCopy}
        </button>
      </p>
      {mayForward(exposure) ? (
        <RedactedForm {...props} />
      ) : (
        <p class="notice" data-blocked>
          {exposure === null ? say.notAssessed : say.mayNotLeave}
        </p>
      )}
    </>
  );
}

function RedactedForm({ conversation, read: { known } }: PanelProps): JSX.Element {
  const { state, say } = useCase();
  const region = regionOf(known.label?.place ?? conversation.first.message.report.answers.place);
  const [text, setText] = useState(() => beginningOf({ conversation }, region));
  const [isRead, setRead] = useState(false);
  const facts = {
    quarter: quarterOf(conversation.first.receivedDay),
    category: known.label === null ? null : categoryName(known.label.category, state.language),
    region,
  };
  const save = (): void => saveFile("gundo-redacted.txt", redactedCopy(facts, text));
  return (
    <PanelForm submit={say.redactedCopy} act={isRead && text.trim() !== "" ? save : null}>
      {say.redactedLead.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <TextArea label={say.text} value={text} change={setText} mostBytes={mostRedactedBytes} rows={10} />
      <Tick label={say.redactedRead} value={isRead} change={setRead} />
    </PanelForm>
  );
}

function beginningOf({ conversation }: Pick<PanelProps, "conversation">, region: string | null): string {
  const texts = messagesOf(conversation).flatMap(({ message }) =>
    message.kind === "report" ? [shownText(message.report.text)] : [],
  );
  return texts.map((text) => redactedText(redact(text, region === null ? [] : [region]))).join("\n\n");
}

/** Nothing finer than a région goes outside. */
function regionOf(place: string | undefined): string | null {
  return malianRegions.find(({ code }) => place?.startsWith(code) === true)?.name ?? null;
}
