import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { equal } from "../../../base/bytes.ts";
import { dayName } from "../../names.ts";
import { hashDoor } from "../../../envelope/door.ts";
import type { Report } from "../../../envelope/report.ts";
import type { ReadCase } from "../../../roster/case-write.ts";
import { lookAlikes, otherParts, sameSource } from "../../case/alike.ts";
import type { ConsoleConversation } from "../../case/conversation.ts";
import { link, mayLink } from "../../case/deeds.ts";
import { perform } from "../../case/desk.ts";
import { show } from "../../console.ts";
import { shownText } from "../../text.ts";
import { Section, useCase } from "./parts.tsx";

interface OthersProps {
  readonly conversation: ConsoleConversation;
  readonly conversations: readonly ConsoleConversation[];
  readonly read: ReadCase | null;
}

/** A first report, and the conversation it begins. */
interface One {
  readonly report: Report;
  readonly conversation: ConsoleConversation;
}

interface Near extends One {
  readonly why: string;
}

/** Reports of the same phone, those that look alike, and those that somebody linked. */
export function Others({ conversation, conversations, read }: OthersProps): JSX.Element {
  const { say } = useCase();
  const near = useMemo(() => nearTo(conversation, conversations, say), [conversation, conversations, say]);
  const links = read?.known.links ?? [];
  const isLinked = ({ report }: One): boolean => links.some((door) => equal(door, hashDoor(report.door)));
  const linked = firstsOf(conversations).filter((one) => one.conversation !== conversation && isLinked(one));
  const others = near.filter(({ conversation: other }) => linked.every((one) => one.conversation !== other));
  return (
    <Section name="others" title={say.alikeTitle}>
      {linked.length + others.length === 0 && <p class="hint">{say.noneAlike}</p>}
      <ul class="list">
        {linked.map((one) => (
          <OtherPart key={one.conversation.first.ids[0]} near={{ ...one, why: say.linked }} conversation={null} />
        ))}
        {others.map((one) => (
          <OtherPart
            key={one.conversation.first.ids[0]}
            near={one}
            conversation={read === null || read.known.state === "closed" ? null : conversation}
          />
        ))}
      </ul>
    </Section>
  );
}

interface OtherProps {
  readonly near: Near;
  /** What it may be linked to; null where there is nothing to link. */
  readonly conversation: ConsoleConversation | null;
}

const beginning = 90;

function OtherPart({ near, conversation }: OtherProps): JSX.Element {
  const { gundo, state, say } = useCase();
  const { first } = near.conversation;
  const id = first.ids[0]!;
  const isFit = conversation !== null && mayLink(conversation.first, near.conversation);
  return (
    <li class="other">
      <button type="button" class="row" onClick={() => show(gundo, { screen: "case", id })}>
        <span class="facts">
          {dayName(first.receivedDay, state.language)} · {near.why}
        </span>
        <span class="begins" dir="auto">
          {shownText(
            Array.from(near.report.text.slice(0, 2 * beginning))
              .slice(0, beginning)
              .join(""),
          )}
        </span>
      </button>
      {isFit && (
        <button type="button" onClick={() => void perform(gundo, link(near.conversation))}>
          {say.linkIt}
        </button>
      )}
      {conversation !== null && !isFit && <p class="hint">{say.mayNotLink}</p>}
    </li>
  );
}

function firstsOf(conversations: readonly ConsoleConversation[]): readonly One[] {
  return conversations.map((conversation) => ({ report: conversation.first.message.report, conversation }));
}

/** Each once, by what ties it most. */
function nearTo(
  conversation: ConsoleConversation,
  conversations: readonly ConsoleConversation[],
  say: ReturnType<typeof useCase>["say"],
): readonly Near[] {
  const all = firstsOf(conversations.filter(({ first }) => first.desk.id === conversation.first.desk.id));
  const own = all.find((one) => one.conversation === conversation);
  if (own === undefined) return [];
  const found = [
    ...otherParts(own, all).map((one) => ({ ...one, why: say.otherPart })),
    ...sameSource(own, all).map((one) => ({ ...one, why: say.sameSource })),
    ...lookAlikes(own, all).map(({ one, likeness }) => ({ ...one, why: say.lookAlike(Math.round(100 * likeness)) })),
  ];
  return found.filter(({ report }, index) => found.findIndex((one) => one.report === report) === index);
}
