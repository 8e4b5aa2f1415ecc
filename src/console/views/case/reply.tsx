import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { utf8 } from "../../../base/bytes.ts";
import { mostTextBytes } from "../../../envelope/case-act.ts";
import { reply } from "../../case/deeds.ts";
import { perform } from "../../case/desk.ts";
import type { PanelProps } from "./actions.tsx";
import { PanelForm, TextArea, useCase } from "./parts.tsx";

type Kind = "question" | "answer";

/** A question or an answer to the mailbox, with who else may read it. */
export function ReplyPanel({ conversation }: PanelProps): JSX.Element {
  const { gundo, say } = useCase();
  const [kind, setKind] = useState<Kind>("answer");
  const [text, setText] = useState("");
  if (conversation.mailbox === undefined) return <p>{say.noMailbox}</p>;
  const isFit = text.trim() !== "" && utf8(text).length <= mostTextBytes;
  return (
    <PanelForm submit={say.sendReply} act={isFit ? () => perform(gundo, reply(gundo, kind, text)) : null}>
      <Warnings conversation={conversation} />
      <fieldset>
        <legend>{say.kindOfReply}</legend>
        {(["answer", "question"] as const).map((one) => (
          <label key={one} class="tick">
            <input type="radio" name="kind" checked={kind === one} onChange={() => setKind(one)} />
            {one === "answer" ? say.answer : say.question}
          </label>
        ))}
      </fieldset>
      <TextArea label={say.text} value={text} change={setText} mostBytes={mostTextBytes} />
      <p class="hint">{say.replyLeaves}</p>
    </PanelForm>
  );
}

/** Beside the box, before anything is written (envelope.md, Receipts and mailboxes). */
function Warnings({ conversation: { first, exchanges } }: Pick<PanelProps, "conversation">): JSX.Element {
  const { say } = useCase();
  const isShownByPhone = first.message.report.channel === "ussd" && exchanges === 0;
  return (
    <>
      {isShownByPhone && (
        <p class="notice" data-warning="phone">
          {say.shownByPhone}
        </p>
      )}
      {exchanges === 1 && <p class="hint">{say.exchanged}</p>}
      {exchanges > 1 && (
        <p class="notice" data-warning="exchanges">
          {say.exchangedTwice}
        </p>
      )}
    </>
  );
}
