import { Option, type Command } from 'commander';
import { AgeBand, Channel, EntryKind, GivenBy, RegisterResolution } from '../core/register/entry.ts';
import { LetterKind } from '../core/register/letters.ts';
import {
  addToRegister,
  importList,
  listRegisters,
  moveObjection,
  withdrawEntry,
  type AddOptions,
  type ImportListOptions,
  type ListOptions,
  type MoveOptions,
} from './commands/register.ts';
import { writeLetter, type LetterOptions } from './commands/letter.ts';
import type { VaultOptions } from './commands/vault.ts';
import { inVault, type CommandTools, type CommonOptions } from './vault-commands.ts';

/** The register of objections and consents, and the letters that go with it. */
export function addRegisterCommands(root: Command, { common, guarded }: CommandTools): void {
  const register = root.command('register').description('bezwaren en toestemmingen / objections and consents');
  inVault(common(register.command('list')))
    .description('wie bezwaar maakt of toestemming gaf, op pseudoniem / who objects or consented, by pseudonym')
    .option('--group <class>', 'alleen deze klas / this class only')
    .action((options: ListOptions & CommonOptions) => guarded(options, (context) => listRegisters(options, context)));
  inVault(common(register.command('add')))
    .description('schrijft een bezwaar of toestemming in / adds an objection or consent')
    .requiredOption('--group <class>', 'de klas / the class')
    .option('--pupil <pseudonym>', '"Leerling 3"; zonder: het eerste vrije nummer / without: the first free number')
    .addOption(new Option('--kind <kind>').choices(EntryKind.options).makeOptionMandatory())
    .addOption(new Option('--by <who>').choices(GivenBy.options).makeOptionMandatory())
    .addOption(new Option('--band <age>').choices(AgeBand.options).makeOptionMandatory())
    .addOption(new Option('--channel <channel>').choices(Channel.options).default('mail'))
    .option('--seat <text>', 'rij en plaats / row and place', '')
    .option('--received <day>', 'jjjj-mm-dd; zonder: vandaag / without: today')
    .option('--deadline <day>', 'de dag in de brief / the day in the letter')
    .option('--renews <entry>', 'vernieuwt die van een eerder schooljaar / renews one of an earlier school year')
    .action((options: AddOptions & CommonOptions) => guarded(options, (context) => addToRegister(options, context)));
  inVault(common(register.command('move')))
    .argument('<entry>')
    .description('zet een stap in een bezwaar / takes a step in an objection')
    .addOption(
      new Option('--to <step>').choices(['consulting', 'resolved', 'carried-out', 'confirmed']).makeOptionMandatory(),
    )
    .option('--dossier <dossier>', 'voor welk dossier, na het overleg / for which dossier, after the talks')
    .addOption(new Option('--resolution <how>').choices(RegisterResolution.options))
    .option('--reason <text>', 'waarom deze oplossing / why this resolution', '')
    .option('--on <day>', 'jjjj-mm-dd')
    .action((entry: string, options: MoveOptions & CommonOptions) =>
      guarded(options, (context) => moveObjection(entry, options, context)),
    );
  inVault(common(register.command('withdraw')))
    .argument('<entry>')
    .description('trekt een inschrijving in / withdraws an entry')
    .option('--on <day>', 'jjjj-mm-dd')
    .action((entry: string, options: VaultOptions & { on?: string } & CommonOptions) =>
      guarded(options, (context) => withdrawEntry(entry, options, context)),
    );
  inVault(common(register.command('import')))
    .argument('<list>', 'voorkeuren als CSV / preferences as CSV')
    .description('neemt een lijst met voorkeuren over, geheel of niet / takes a preference list in, whole or not')
    .option('--group <class>', 'de klas van rijen zonder klas / the class of rows without one')
    .option('--received <day>', 'dag van de lijst / day of the list')
    .option('--deadline <day>', 'de dag in de brief / the day in the letter')
    .addOption(new Option('--band <age>').choices(AgeBand.options).default('<16'))
    .option('--dry-run', 'alleen tonen wat er zou gebeuren / only show what would happen')
    .action((file: string, options: ImportListOptions & CommonOptions) =>
      guarded(options, (context) => importList(file, options, context)),
    );
  common(register.command('letter'))
    .argument('<fields>', 'gegevens van de school, JSON / what is said of the school')
    .description('brief aan ouders, blad voor de klas, bord voor de deur / letter, handout, door sign')
    .addOption(new Option('--kind <kind>').choices(LetterKind.options).default('parents'))
    .requiredOption('--out <file>', 'de PDF')
    .option('--overwrite', 'vervang een bestaand bestand / replace an existing file')
    .action((fields: string, options: LetterOptions & CommonOptions) =>
      guarded(options, (context) => writeLetter(fields, options, context)),
    );
}
