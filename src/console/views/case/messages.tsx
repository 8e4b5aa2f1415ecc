import type { JSX } from "preact";
import type { Door } from "../../../base/brand.ts";
import { hex } from "../../../base/bytes.ts";
import type { Report } from "../../../envelope/report.ts";
import { messagesOf, partsOf, type CaseFile, type ConsoleConversation } from "../../case/conversation.ts";
import { categoryName, dayName, languageName, placeName } from "../../names.ts";
import { AttachmentPart } from "./attachment.tsx";
import { Section, useCase, Words } from "./parts.tsx";

/** The report and everything the person wrote after it, as one thread. */
export function Messages({ conversation }: { readonly conversation: ConsoleConversation }): JSX.Element {
  const { say } = useCase();
  const { door } = conversation.first.message.report;
  return (
    <Section name="messages" title={say.messagesTitle}>
      <ol class="list thread">
        {messagesOf(conversation).map((file, index) => (
          <li key={file.ids.at(-1)} class="message">
            <MessagePart file={file} follows={index > 0} door={door} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

interface PartProps {
  readonly file: CaseFile;
  readonly follows: boolean;
  /** The case's. */
  readonly door: Door;
}

function MessagePart({ file, follows, door }: PartProps): JSX.Element {
  const { state, say } = useCase();
  const day = dayName(file.receivedDay, state.language);
  if (file.message.kind === "forget") return <p class="notice">{say.forgetAsked(day)}</p>;
  const { report } = file.message;
  return (
    <>
      {follows && <h3>{say.followUp(day)}</h3>}
      <Words text={report.text} lang={report.language} />
      <Answers report={report} />
      {report.attachments.map((attachment) => (
        <AttachmentPart
          key={hex(attachment.digest)}
          attachment={attachment}
          everywhere={partsOf(file, attachment)}
          door={door}
        />
      ))}
    </>
  );
}

/** What was asked and answered, and how the report came. */
function Answers({ report }: { readonly report: Report }): JSX.Element {
  const { state, words, say } = useCase();
  const { category, place, when, danger } = report.answers;
  const facts = [
    category === undefined ? null : categoryName(category, state.language),
    place === undefined ? null : placeName(place),
    when === undefined ? null : `${say.when}: ${say.whens[when] ?? when}`,
    languageName(report.language, state.language),
    words.channels[report.channel],
    report.capsule === undefined ? null : say.asksForSms,
  ].filter((fact) => fact !== null);
  return (
    <p class="facts">
      {danger === true && <span class="mark danger">{words.danger}</span>} {facts.join(" · ")}
    </p>
  );
}
