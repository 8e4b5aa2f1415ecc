import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { base64url } from "../../../base/bytes.ts";
import { dayOf } from "../../../base/clock.ts";
import { smsLength } from "../../../dialogue/gsm7.ts";
import { mostTextBytes } from "../../../envelope/case-act.ts";
import { isAnswerText } from "../../../envelope/order.ts";
import type { Proposal } from "../../../roster/case-step.ts";
import { approve, propose, sendAgain } from "../../case/deeds.ts";
import { perform } from "../../case/desk.ts";
import { capsuleOf, isSendable } from "../../case/letters.ts";
import type { PanelProps } from "./actions.tsx";
import { PanelForm, Section, TextArea, Tick, useCase, Words } from "./parts.tsx";

/** An SMS for who asked for one: its warning first, and a second reviewer after (envelope.md, Reply capsules). */
export function SmsPanel({ conversation }: PanelProps): JSX.Element {
  const { gundo, say } = useCase();
  const [text, setText] = useState("");
  const [understood, setUnderstood] = useState(false);
  const { messages } = smsLength(text);
  if (capsuleOf(conversation, dayOf(gundo.clock.nowMs())) === null) return <p>{say.smsNotAsked}</p>;
  const isFit = understood && isAnswerText(text);
  return (
    <PanelForm submit={say.smsPropose} act={isFit ? () => perform(gundo, propose(gundo, text)) : null}>
      <div class="notice" data-warning="sms">
        {say.smsWarning.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      <Tick label={say.smsUnderstood} value={understood} change={setUnderstood} />
      <TextArea
        label={say.text}
        value={text}
        change={setText}
        mostBytes={mostTextBytes}
        rows={3}
        note={say.messages(messages)}
      />
      <p class="hint">{say.smsTwo(conversation.first.desk.approvals)}</p>
    </PanelForm>
  );
}

/** Proposed texts, each with who approved it. */
export function Proposals({ conversation, read }: PanelProps): JSX.Element | null {
  const { say } = useCase();
  const { proposals } = read.known;
  if (proposals.length === 0) return null;
  return (
    <Section name="proposals" title={say.proposalsTitle}>
      <ul class="list">
        {proposals.map((proposal) => (
          <li key={base64url(proposal.hash)} class="message">
            <ProposalPart conversation={conversation} read={read} proposal={proposal} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function ProposalPart({
  conversation,
  read,
  proposal,
}: PanelProps & { readonly proposal: Proposal }): JSX.Element | null {
  const { gundo, state, say } = useCase();
  const { session, clock } = gundo;
  if (session === null) return null;
  const today = dayOf(clock.nowMs());
  const approvers = proposal.approvals.map(({ reviewer }) => reviewer);
  const isMine = approvers.includes(state.signedIn?.reviewer ?? "");
  const isReady = isSendable(session.roster, conversation, proposal, today);
  const mayApprove = !isMine && !isReady && read.known.state !== "closed" && capsuleOf(conversation, today) !== null;
  const again = (): void => void sendAgain(gundo, { session, conversation, read, today }, proposal);
  return (
    <>
      <Words text={proposal.text} />
      <p class="facts">{say.approvedBy(approvers.join(", "))}</p>
      {isReady && <p data-sent>{say.sent}</p>}
      {!isReady && isMine && <p class="hint">{say.waitsForOthers}</p>}
      {mayApprove && (
        <button type="button" data-action="approve" onClick={() => void perform(gundo, approve(gundo, proposal))}>
          {say.approve}
        </button>
      )}
      {isReady && (
        <button type="button" onClick={again}>
          {say.sendAgain}
        </button>
      )}
    </>
  );
}
