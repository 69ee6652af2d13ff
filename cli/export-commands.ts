import { InvalidArgumentError, Option, type Command } from 'commander';
import { exportCommand, listExports, receiptCommand, takeBackCommand, type ExportOptions } from './commands/export.ts';
import type { VaultOptions } from './commands/vault.ts';
import { inVault, type CommandTools, type CommonOptions } from './vault-commands.ts';

const EXIT_USAGE = 2;
const WATCH = { least: 5, most: 86_400 };

function secondsBetween(text: string): string {
  const seconds = Number(text);
  if (!(seconds >= WATCH.least && seconds <= WATCH.most)) throw new InvalidArgumentError('5 – 86400');
  return text;
}

/** The way out of the vault, and back. */
export function addExportCommands(root: Command, { common, guarded }: CommandTools): void {
  const out = root.command('export').description('een goedgekeurde clip inleveren / hand over an approved clip');
  inVault(common(out.command('clip', { isDefault: true })))
    .argument('[dossier]')
    .description('legt de clip klaar voor een instituut uit het schoolprofiel / lays it ready for an institute')
    .option('--target <id>', 'het doel, uit het schoolprofiel / the target, from the school profile')
    .option('--to <folder>', 'een map op het schoolnetwerk / a folder on the school network')
    .option('--place <place>', 'een plek bij het doel zelf: portal places / a place at the target itself')
    .option('--page-read', 'de regels van het instituut zijn gelezen / its rules were read')
    .option('--batch <file>', 'een lijst van dossiers en doelen, JSON / a list of dossiers and targets')
    .addOption(
      new Option(
        '--watch [seconds]',
        'blijft de lijst volgen, voor een server / goes on looking at the list',
      ).argParser(secondsBetween),
    )
    .option('--dry-run', 'alleen zeggen of het mag / only say whether it may leave')
    .action(async (dossier: string | undefined, options: ExportOptions & CommonOptions, command: Command) => {
      const { batch, target, to, place } = options;
      if ((dossier === undefined) === (batch === undefined))
        command.error('DOSSIER of / or --batch FILE', { exitCode: EXIT_USAGE });
      if (batch === undefined && (target === undefined || (to === undefined) === (place === undefined)))
        command.error('--target en / and --to of / or --place', { exitCode: EXIT_USAGE });
      await guarded(options, (context) => exportCommand(dossier, options, context));
    });
  inVault(common(out.command('list')))
    .description('wat er is ingeleverd of begonnen / what was delivered or begun')
    .action((options: VaultOptions & CommonOptions) => guarded(options, (context) => listExports(options, context)));
  inVault(common(out.command('receipt')))
    .argument('<delivery>')
    .argument('<number>', 'ontvangstnummer van het portaal / receipt number of the portal')
    .description('legt vast dat de clip bij het portaal is ingeleverd / notes that it was handed in there')
    .option('--on <day>', 'jjjj-mm-dd')
    .action((delivery: string, number: string, options: VaultOptions & { on?: string } & CommonOptions) =>
      guarded(options, (context) => receiptCommand(delivery, number, options, context)),
    );
  inVault(common(out.command('take-back')))
    .argument('<delivery>')
    .description('haalt een ingeleverde clip terug / takes back what was delivered')
    .option('--attest', 'er is nergens meer een kopie, ook niet bij het instituut / no copy is left anywhere')
    .action((delivery: string, options: VaultOptions & { attest?: boolean } & CommonOptions) =>
      guarded(options, (context) => takeBackCommand(delivery, options, context)),
    );
}
