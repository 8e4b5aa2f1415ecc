import { utf8 } from "../base/bytes.ts";
import { mailDate, type UnixHour } from "../base/clock.ts";

/**
 * All that a reminder ever says: the same at every hour, whatever came in or did not, to reviewers and officers alike. It
 * names neither Gundo nor a tip line: it lies on the phone of somebody whom that name would give away.
 */
export const digestText =
  "Rappel a heure fixe: il est temps de regarder.\r\nReminder at its fixed hour: please have a look.\r\n";

/**
 * One mail to one person (RFC 5322), the same bytes at every hour but for the date and the id made of it, which are of
 * the fixed hour and not of the moment it goes out. No program and no machine is named.
 */
export function digestMail(from: string, to: string, hour: UnixHour): Uint8Array {
  const domain = from.slice(from.indexOf("@") + 1);
  const headers = [
    `From: ${from}`,
    `To: ${to}`,
    "Subject: Rappel / Reminder",
    `Date: ${mailDate(hour)}`,
    `Message-ID: <${hour.toString().padStart(8, "0")}@${domain}>`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=us-ascii",
    "Content-Transfer-Encoding: 7bit",
    "Auto-Submitted: auto-generated",
  ];
  return utf8(`${headers.join("\r\n")}\r\n\r\n${digestText}`);
}
