import { openTasks } from '../../core/dossier/tasks.ts';
import { rungOf } from '../../core/retention/reminders.ts';
import { closeDossier } from '../../native/vault/closing.ts';
import { finishTask } from '../../native/vault/tasks.ts';
import type { Context } from '../context.ts';
import { keepingTexts } from '../words/keeping-texts.ts';
import { dayNow } from '../../native/day.ts';
import { openSession, type VaultOptions } from './vault.ts';

/** Everything that falls to people, with who has it. */
export async function listTasks(options: VaultOptions, context: Context): Promise<void> {
  const words = keepingTexts(context.language);
  const session = await openSession(options, context);
  const people = session.vault.people();
  const today = dayNow();
  const open = openTasks(session.entries());
  if (open.length === 0 && !context.asJson) context.output.say(words.noTasks);
  for (const { task, dossier, kind, owner, due } of open) {
    const rung = rungOf(due, today);
    const name = people.get(owner)?.person.name ?? words.someone(owner);
    if (context.asJson) context.output.json({ event: 'task', task, dossier, kind, owner, due, rung });
    else {
      const when = rung === 'overdue' ? words.when(due, -1, rung) : due;
      context.output.say(words.taskLine(task, words.kinds[kind], dossier, name, when));
    }
  }
}

export async function finishTaskCommand(task: string, options: VaultOptions, context: Context): Promise<void> {
  const session = await openSession(options, context);
  const { dossier, kind } = await finishTask(session, task);
  if (context.asJson) context.output.json({ event: 'task-done', task, dossier, kind });
  else context.output.say(keepingTexts(context.language).taskDone);
}

/** Gate G6. */
export async function closeCase(dossier: string, options: VaultOptions, context: Context): Promise<void> {
  const words = keepingTexts(context.language);
  const session = await openSession(options, context);
  const warnings = await closeDossier(session, dossier, new Date());
  if (context.asJson) context.output.json({ event: 'closed', dossier, warnings });
  else {
    for (const warning of warnings) context.output.say(words.mind(words.closedWith[warning]));
    context.output.say(words.closed(dossier));
  }
}
