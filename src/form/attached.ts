import type { Attachment } from "../envelope/report.ts";

/** Between the two scripts: what goes into the report, or null while a file that was chosen is not all sent. */
export type Attached = readonly Attachment[] | null;

/** On the form. */
export const attachedEvent = "attached";
