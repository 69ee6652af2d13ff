import type { Command } from 'commander';
import { recordCommand, type PaperOptions } from './commands/papers.ts';
import { inVault, type CommandTools, type CommonOptions } from './vault-commands.ts';

/** Papers that a school has to be able to show. */
export function addPapersCommands(root: Command, { common, guarded }: CommandTools): void {
  const papers = root.command('papers').description('stukken voor de school / papers for the school');
  const paper = (name: string, file: string) =>
    inVault(common(papers.command(name)))
      .requiredOption('-o, --output <file>', file)
      .option('--overwrite', 'vervang een bestaand bestand / replace an existing file');
  paper('dossier', 'de PDF')
    .argument('<dossier>')
    .description('verantwoording van een dossier: wie deed wat, wanneer / the record of a dossier')
    .action((dossier: string, options: PaperOptions & CommonOptions) =>
      guarded(options, (context) => recordCommand(dossier, options, context)),
    );
}
