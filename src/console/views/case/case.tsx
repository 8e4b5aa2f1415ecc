import type { JSX } from "preact";
import { useLayoutEffect, useMemo } from "preact/hooks";
import type { ReportId } from "../../../base/brand.ts";
import { dayOf } from "../../../base/clock.ts";
import { conversationsIn, conversationWith, type ConsoleConversation } from "../../case/conversation.ts";
import { hasSteppedAside, openCase, openPanel } from "../../case/desk.ts";
import { show } from "../../console.ts";
import { dayName } from "../../names.ts";
import { markSeen } from "../../inbox/seen.ts";
import { useShortcuts } from "../shortcuts.ts";
import { Actions } from "./actions.tsx";
import { Messages } from "./messages.tsx";
import { Notices } from "./notices.tsx";
import { Others } from "./others.tsx";
import { useCase } from "./parts.tsx";
import { Deadlines, LabelPart, Readers } from "./side.tsx";
import { Timeline } from "./timeline.tsx";

/** One case: what was said, what was done, what is due. Everything in it is text. */
export function CaseView({ id }: { readonly id: ReportId }): JSX.Element {
  const { gundo, state, words, say } = useCase();
  const { items, signedIn, shown } = state;
  const conversations = useMemo(
    () => (gundo.session === null ? [] : conversationsIn(items, gundo.session.roster)),
    [items, signedIn?.rosterSerial],
  );
  const conversation = conversationWith(conversations, id);
  const events = items.get(id)?.facts?.seq;
  // Before the screen is painted, as in the list: a panel that opens meanwhile keeps its own focus, and its own case.
  useLayoutEffect(() => document.getElementById("title")?.focus(), [id]);
  useLayoutEffect(() => markSeen(gundo, id), [id]);
  useLayoutEffect(() => void openCase(gundo, id), [id, events, conversation === null]);
  const back = (): void => {
    openPanel(gundo, null);
    show(gundo, { screen: "inbox" });
  };
  useShortcuts({ back });
  return (
    <article class="case" aria-labelledby="title">
      <p>
        <button type="button" onClick={back}>
          {words.back}
        </button>
      </p>
      <h1 id="title" tabIndex={-1}>
        {conversation === null ? say.gone : say.title(dayName(conversation.first.receivedDay, state.language))}
      </h1>
      {conversation !== null && shown?.id === id && <Body conversation={conversation} conversations={conversations} />}
    </article>
  );
}

interface BodyProps {
  readonly conversation: ConsoleConversation;
  readonly conversations: readonly ConsoleConversation[];
}

function Body({ conversation, conversations }: BodyProps): JSX.Element {
  const { gundo, state, say } = useCase();
  const today = dayOf(gundo.clock.nowMs());
  const read = state.shown?.read ?? null;
  const notice = state.shown?.notice;
  if (hasSteppedAside(gundo, conversation)) return <p role="status">{say.aside}</p>;
  return (
    <>
      <Status />
      <Notices notice={notice ?? null} />
      <div class="columns">
        <div>
          <Messages conversation={conversation} />
          {read !== null && <Actions conversation={conversation} read={read} />}
          {read !== null && <Timeline known={read.known} />}
        </div>
        <div>
          {read !== null && <Deadlines conversation={conversation} known={read.known} today={today} />}
          {read !== null && <Readers conversation={conversation} known={read.known} today={today} />}
          {read !== null && <LabelPart known={read.known} />}
          <Others conversation={conversation} conversations={conversations} read={read} />
        </div>
      </div>
    </>
  );
}

function Status(): JSX.Element {
  const { state, words, say } = useCase();
  const known = state.shown?.read?.known;
  if (known === undefined) return <p role="status">{say.reading}</p>;
  const lead =
    known.lead === null
      ? say.ledByNobody
      : known.lead === state.signedIn?.reviewer
        ? say.ledByYou
        : say.ledBy(known.lead);
  return (
    <p class="marks" role="status">
      <span class="mark" data-state={known.state}>
        {words.states[known.state]}
      </span>
      <span class="mark">{lead}</span>
    </p>
  );
}
