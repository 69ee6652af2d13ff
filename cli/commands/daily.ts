import { resolve } from 'node:path';
import { fail } from '../../core/errors.ts';
import type { Reminder } from '../../core/retention/reminders.ts';
import { enterAsCaretaker } from '../../native/vault/caretaker.ts';
import type { Session } from '../../native/vault/vault.ts';
import { dailyRound, type DailyRound } from '../../native/wipe/daily.ts';
import type { Context } from '../context.ts';
import { scheduleText, type Schedule } from '../schedules.ts';
import { keepingTexts } from '../words/keeping-texts.ts';
import { vaultTexts } from '../words/vault-texts.ts';

export interface DailyOptions {
  readonly vault: string;
  readonly keyFile: string;
  readonly schedule?: Schedule;
}

/** Something that was to go is still there, in part or whole; as for `wipe`. */
const EXIT_PARTIAL = 9;
/** The clock can't be right, and nobody is there to look. */
const EXIT_CLOCK = 10;

/** The round that a machine does every day, without anybody's passphrase; or how to have it done. */
export async function dailyCommand(options: DailyOptions, context: Context): Promise<void> {
  const [root, keyFile] = [resolve(options.vault), resolve(options.keyFile)];
  if (options.schedule !== undefined) {
    const command = [process.execPath, resolve(process.argv[1] ?? ''), 'daily', '--vault', root, '--key-file', keyFile];
    const { schedule } = keepingTexts(context.language);
    process.stdout.write(scheduleText(options.schedule, command, schedule));
    return;
  }
  const session = await enterAsCaretaker(root, keyFile);
  const now = new Date();
  const round = await roundOrAway(session, now);
  if (!round) {
    if (context.asJson) context.output.json({ event: 'daily', elsewhere: true });
    else context.output.say(keepingTexts(context.language).elsewhere);
    return;
  }
  if (context.asJson) showAsJson(round, context);
  else show(round, now.toISOString().slice(0, 10), context);
  const { wipes, failed, late, unlogged, requests } = round;
  const inPart = [...wipes, ...requests].some(({ complete }) => !complete);
  const left = failed.length + late.length + unlogged.length > 0 || inPart;
  if (left) process.exitCode = EXIT_PARTIAL;
  else if (round.clock !== 'right') process.exitCode = EXIT_CLOCK;
}

/** A share that goes away in the middle shows itself in many ways, none of which names it. */
async function roundOrAway(session: Session, now: Date): Promise<DailyRound | undefined> {
  try {
    return await dailyRound(session, now);
  } catch (error) {
    return session.vault.isThere() ? Promise.reject(error) : fail({ code: 'daily-vault-away' });
  }
}

function showAsJson(round: DailyRound, { output }: Context): void {
  const { wipes, reminders, requests, ...rest } = round;
  for (const { dossier, complete } of wipes) output.json({ event: 'wiped', dossier, complete });
  for (const { request, complete } of requests) output.json({ event: 'request-wiped', request, complete });
  for (const reminder of reminders) output.json({ event: 'reminder', ...reminder });
  output.json({ event: 'daily', ...rest, wiped: wipes.length });
}

/** Numbers only: what is said here ends up in the logs of a machine. */
function show(round: DailyRound, today: string, context: Context): void {
  const words = keepingTexts(context.language);
  const wiping = vaultTexts(context.language);
  const { output } = context;
  const { clock, wipes, failed, late, unlogged, tasksGiven, registerDue, reminders, requests } = round;
  if (clock !== 'right') output.say(words.clock[clock](today));
  for (const { dossier, complete } of wipes) output.say(complete ? wiping.wiped(dossier) : wiping.partlyWiped(dossier));
  for (const { request, complete } of requests) output.say(words.requestWiped(request, complete));
  for (const dossier of failed) output.say(wiping.notRecovered(dossier));
  for (const dossier of late) output.say(words.late(dossier));
  for (const dossier of unlogged) output.say(words.unlogged(dossier));
  if (tasksGiven > 0) output.say(words.given(tasksGiven));
  if (registerDue) output.say(words.register);
  if (clock === 'right' && wipes.length + failed.length + late.length + unlogged.length === 0)
    output.say(words.inOrder);
  if (reminders.length > 0) output.say(words.comesDue);
  for (const reminder of reminders) output.say(`  ${reminderLine(reminder, context)}`);
}

function reminderLine({ about, dossier, task, due, left, rung }: Reminder, context: Context): string {
  const words = keepingTexts(context.language);
  const when = words.when(due, left, rung);
  return task
    ? words.taskLine(task.task, words.kinds[task.kind], dossier, words.someone(task.owner), when)
    : words.reminder(words.about[about], dossier, when);
}
