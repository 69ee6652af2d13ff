import type { Command } from 'commander';
import {
  addWorkerCommand,
  retireWorkerCommand,
  serveCommand,
  type AddWorkerOptions,
  type ServeOptions,
} from './commands/worker.ts';
import type { VaultOptions } from './commands/vault.ts';
import { inVault, type CommandTools, type CommonOptions } from './vault-commands.ts';

/** Machines that make parts of clips for others: docs/workers.md. */
export function addWorkerCommands(root: Command, { common, guarded }: CommandTools): void {
  const worker = root.command('worker').description('werkers op servers van de school / workers on servers');
  common(worker.command('run', { isDefault: true }))
    .description('maakt delen van clips voor anderen, tot het stopt / makes parts of clips for others')
    .requiredOption('--vault <folder>', 'de kluis / the vault')
    .requiredOption('--key-file <file>', "sleutelbestand van de werker / the worker's key file")
    .requiredOption('--queue <address>', 'redis://127.0.0.1:6379, rediss://server:6379')
    .action(async (options: ServeOptions & CommonOptions) => {
      await guarded(options, (context) => serveCommand(options, context));
      // The queue's library goes on looking for a server that is away, after everything of ours has ended.
      process.exit();
    });
  inVault(common(worker.command('add')))
    .description('maakt een werker; alleen de beheerder / makes a worker')
    .requiredOption('--key-file <file>', 'waar zijn sleutel komt, buiten de kluis / where its key goes')
    .option('--name <name>')
    .action((options: AddWorkerOptions & CommonOptions) =>
      guarded(options, (context) => addWorkerCommand(options, context)),
    );
  inVault(common(worker.command('retire')))
    .argument('<worker>', 'nummer / number')
    .description('neemt een werker uit dienst; alleen de beheerder / takes a worker out of service')
    .action((id: string, options: VaultOptions & CommonOptions) =>
      guarded(options, (context) => retireWorkerCommand(id, options, context)),
    );
}
