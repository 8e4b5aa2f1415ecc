import { consoleBench } from "./console.ts";
import { envelopeBench } from "./envelope.ts";
import { inboxBench } from "./inbox.ts";
import { mailboxBench } from "./mailbox.ts";
import { pageBench } from "./page.ts";
import { queueBench } from "./queue.ts";
import { trendsBench } from "./trends.ts";
import { readingBench, smsBench, ussdBench } from "./phones.ts";

const benches: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  console: consoleBench,
  envelope: envelopeBench,
  inbox: inboxBench,
  mailbox: mailboxBench,
  page: pageBench,
  queue: queueBench,
  sms: smsBench,
  ussd: ussdBench,
  reading: readingBench,
  trends: trendsBench,
};

/** `npm run bench`, or `npm run bench -- sms` for some of them. Figures are ratios and shares of one run. */
const wanted = process.argv.slice(2);
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n${name}`);
  for (const line of await bench()) console.log(`  ${line}`);
}
