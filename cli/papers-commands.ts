import type { Command } from 'commander';
import { honestyCommand, profilePaperCommand, recordCommand, type PaperOptions } from './commands/papers.ts';
import { inVault, type CommandTools, type CommonOptions } from './vault-commands.ts';

/** Papers that a school has to be able to show. */
export function addPapersCommands(root: Command, { common, guarded }: CommandTools): void {
  const papers = root.command('papers').description('stukken voor de school / papers for the school');
  const output = (command: Command, file: string) =>
    command
      .requiredOption('-o, --output <file>', file)
      .option('--overwrite', 'vervang een bestaand bestand / replace an existing file');
  output(inVault(common(papers.command('dossier'))), 'de PDF')
    .argument('<dossier>')
    .description('verantwoording van een dossier: wie deed wat, wanneer / the record of a dossier')
    .action((dossier: string, options: PaperOptions & CommonOptions) =>
      guarded(options, (context) => recordCommand(dossier, options, context)),
    );
  output(inVault(common(papers.command('honesty'))), 'de PDF')
    .argument('<dossier>')
    .description('wat er van een clip is gemeten, en wat niet te meten is / what was measured of a clip')
    .action((dossier: string, options: PaperOptions & CommonOptions) =>
      guarded(options, (context) => honestyCommand(dossier, options, context)),
    );
  output(common(papers.command('art30')), '.pdf of / or .csv')
    .description('regel voor het register van verwerkingen, uit het schoolprofiel / record of processing')
    .requiredOption('--vault <folder>', 'de kluis / the vault')
    .action((options: Omit<PaperOptions, 'as'> & CommonOptions) =>
      guarded(options, (context) => profilePaperCommand('art30', options, context)),
    );
  output(common(papers.command('dpia')), 'de PDF')
    .description('bouwsteen voor een DPIA, uit het schoolprofiel / building block for a DPIA')
    .requiredOption('--vault <folder>', 'de kluis / the vault')
    .action((options: Omit<PaperOptions, 'as'> & CommonOptions) =>
      guarded(options, (context) => profilePaperCommand('dpia', options, context)),
    );
}
