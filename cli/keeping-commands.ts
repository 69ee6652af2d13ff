import { Option, type Command } from 'commander';
import { caretakerCommand, type CaretakerOptions } from './commands/caretaker.ts';
import { dailyCommand, type DailyOptions } from './commands/daily.ts';
import { finishTaskCommand, listTasks } from './commands/task.ts';
import type { VaultOptions } from './commands/vault.ts';
import { SCHEDULES } from './schedules.ts';
import { inVault, type CommandTools, type CommonOptions } from './vault-commands.ts';

/** The caretaker, its daily round, and what it leaves to people. */
export function addKeepingCommands(root: Command, { common, guarded }: CommandTools): void {
  const caretaker = root.command('caretaker').description('de wachter, die zonder mensen wist / wipes unattended');
  inVault(common(caretaker.command('add')))
    .description('maakt een wachter; alleen de beheerder / makes a caretaker')
    .requiredOption('--key-file <file>', 'waar zijn sleutel komt, buiten de kluis / where its key goes')
    .option('--name <name>')
    .action((options: CaretakerOptions & CommonOptions) =>
      guarded(options, (context) => caretakerCommand(options, context)),
    );
  common(root.command('daily'))
    .description('de dagelijkse ronde: wist wat over zijn termijn is, noemt wat komt / the daily round')
    .requiredOption('--vault <folder>', 'de kluis / the vault')
    .requiredOption('--key-file <file>', "sleutelbestand van de wachter / the caretaker's key file")
    .addOption(
      new Option(
        '--schedule <system>',
        'toont alleen wat neer te zetten, en voert niets uit / only shows what to put in place',
      ).choices(SCHEDULES),
    )
    .action((options: DailyOptions & CommonOptions) => guarded(options, (context) => dailyCommand(options, context)));
  const task = root.command('task').description('wat de software niet zelf kan / what is left to people');
  inVault(common(task.command('list')))
    .description('open taken / open tasks')
    .action((options: VaultOptions & CommonOptions) => guarded(options, (context) => listTasks(options, context)));
  inVault(common(task.command('done')))
    .argument('<task>', 'nummer / number')
    .description('legt vast dat een taak gedaan is / notes that a task was done')
    .action((id: string, options: VaultOptions & CommonOptions) =>
      guarded(options, (context) => finishTaskCommand(id, options, context)),
    );
}
