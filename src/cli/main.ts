import { answerCommand } from "./answer/answer.ts";
import { processEnvironment } from "../config/environment.ts";
import { codeOf } from "../base/fault.ts";
import { actCommands } from "./case/acts.ts";
import { caseApproveCommand } from "./case/approve.ts";
import { caseListCommand } from "./case/list.ts";
import { resealCommand } from "./case/reseal.ts";
import { caseShowCommand } from "./case/show.ts";
import { caseTakeCommand } from "./case/take.ts";
import type { Command, ExitCode, Terminal } from "./command.ts";
import { auditFetchCommand } from "./audit/fetch.ts";
import { auditVerifyCommand } from "./audit/verify.ts";
import { inboxCommand } from "./inbox.ts";
import { initCommand } from "./init.ts";
import { keysChangePassphraseCommand } from "./keys/change-passphrase.ts";
import { keysNewCommand } from "./keys/new.ts";
import { keysRecoverCommand } from "./keys/recover.ts";
import { keysRecoveryKitCommand } from "./keys/recovery-kit.ts";
import { keysCombineCommand } from "./keys/combine.ts";
import { keysOpenShareCommand } from "./keys/open-share.ts";
import { keysRotateCommand } from "./keys/rotate.ts";
import { keysShareCommand } from "./keys/share.ts";
import { labelsKeyCommand } from "./labels/key.ts";
import { labelsPostCommand } from "./labels/post.ts";
import { openCommand } from "./open.ts";
import { queueDiscardCommand, queueRetryCommand } from "./queue/act.ts";
import { queueHealthCommand } from "./queue/health.ts";
import { queueListCommand } from "./queue/list.ts";
import { releaseAuthoriseCommand } from "./release/authorise.ts";
import { releaseErratumCommand } from "./release/erratum.ts";
import { releaseFetchCommand } from "./release/fetch.ts";
import { releasePlanCommand } from "./release/plan.ts";
import { releaseSimulateCommand } from "./release/simulate.ts";
import { releaseStatusCommand } from "./release/status.ts";
import { releaseStepCommands } from "./release/steps.ts";
import { releaseVerifyCommand } from "./release/verify.ts";
import { rosterAdmitCommand } from "./roster/admit.ts";
import { rosterAnchorsCommand } from "./roster/anchors.ts";
import { rosterDeskCommand } from "./roster/desk.ts";
import { rosterInitCommand } from "./roster/init.ts";
import { rosterMergeCommand } from "./roster/merge.ts";
import { rosterPublishCommand } from "./roster/publish.ts";
import { rosterRemoveCommand } from "./roster/remove.ts";
import { rosterRenewCommand } from "./roster/renew.ts";
import { rosterShowCommand } from "./roster/show.ts";
import { rosterSignCommand } from "./roster/sign.ts";
import { rosterTrustCommand } from "./roster/trust.ts";
import { rosterVerifyCommand } from "./roster/verify.ts";
import { sentenceOf } from "./says.ts";

const commands: readonly Command[] = [
  initCommand,
  inboxCommand,
  openCommand,
  answerCommand,
  caseListCommand,
  caseShowCommand,
  caseTakeCommand,
  ...actCommands,
  caseApproveCommand,
  resealCommand,
  labelsPostCommand,
  labelsKeyCommand,
  releaseStatusCommand,
  releasePlanCommand,
  ...releaseStepCommands,
  releaseAuthoriseCommand,
  releaseErratumCommand,
  releaseFetchCommand,
  releaseSimulateCommand,
  keysNewCommand,
  keysChangePassphraseCommand,
  keysRecoveryKitCommand,
  keysRecoverCommand,
  keysRotateCommand,
  keysShareCommand,
  keysOpenShareCommand,
  keysCombineCommand,
  rosterInitCommand,
  rosterAdmitCommand,
  rosterRemoveCommand,
  rosterRenewCommand,
  rosterDeskCommand,
  rosterSignCommand,
  rosterMergeCommand,
  rosterVerifyCommand,
  rosterShowCommand,
  rosterPublishCommand,
  rosterAnchorsCommand,
  rosterTrustCommand,
  queueHealthCommand,
  queueListCommand,
  queueRetryCommand,
  queueDiscardCommand,
  auditFetchCommand,
  auditVerifyCommand,
  releaseVerifyCommand,
];

/** Runs the command that `words` begin with. Never throws: what is refused is said in a sentence with its code. */
export async function runCommand(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const command = commands.find(({ name }) => name.split(" ").every((word, index) => words[index] === word));
  if (command === undefined) return showCommands(words, terminal);
  const args = words.slice(command.name.split(" ").length);
  if (args.includes("--help")) {
    terminal.out(command.help);
    return 0;
  }
  try {
    return await command.run(args, terminal);
  } catch (error) {
    const code = codeOf(error);
    terminal.err(`gundo ${command.name}: ${sentenceOf(code)}`);
    return code === "cli.usage" ? 2 : 1;
  }
}

function showCommands(words: readonly string[], terminal: Terminal): ExitCode {
  const asked = words.length === 0 || words.includes("--help") || words[0] === "help";
  const say = asked ? terminal.out : terminal.err;
  say("gundo <command> [options]; each command takes --help and --json");
  for (const { name, purpose } of commands) say(`  gundo ${name.padEnd(22)} ${purpose}`);
  return asked ? 0 : 2;
}

if (import.meta.main) {
  const terminal = {
    out: (line: string) => console.log(line),
    err: (line: string) => console.error(line),
    environment: processEnvironment(),
  };
  process.exitCode = await runCommand(process.argv.slice(2), terminal);
}
