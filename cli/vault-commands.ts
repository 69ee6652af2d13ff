import { Option, type Command } from 'commander';
import { fitOption } from './quality.ts';
import { SourceKind } from '../core/audit/entry.ts';
import { StaffRole } from '../core/vault/person.ts';
import {
  access,
  assess,
  decide,
  hold,
  listCases,
  play,
  runInVault,
  type PlayOptions,
  type RunOptions,
} from './commands/case.ts';
import { shown, type ShownOptions } from './commands/shown.ts';
import { importCommand, type ImportOptions } from './commands/import.ts';
import { verifyLog } from './commands/log.ts';
import { closeCase } from './commands/task.ts';
import {
  addPerson,
  initVault,
  listPeople,
  type InitOptions,
  type PersonOptions,
  type VaultOptions,
} from './commands/vault.ts';
import { wipeCommand, type WipeOptions } from './commands/wipe.ts';
import type { Context } from './context.ts';
import { SOUND } from './sound.ts';
import { SUBTITLES, SUBTITLE_WORDS, type SubtitleOptions } from './subtitles.ts';

export interface CommonOptions {
  readonly lang?: string;
  readonly json?: boolean;
}

/** What the root program gives to every command: shared options, and one place that catches. */
export interface CommandTools {
  common(command: Command): Command;
  models(command: Command): Command;
  guarded(options: CommonOptions, work: (context: Context) => Promise<unknown> | unknown): Promise<void>;
}

export function inVault(command: Command): Command {
  return command
    .requiredOption('--vault <folder>', 'de kluis / the vault')
    .requiredOption('--as <person>', 'wie je bent: naam of nummer / who you are: name or id');
}

export const collect = (value: string, all: readonly string[]) => [...all, value];

/** Vault, people, import, cases, wipe and log. */
export function addVaultCommands(root: Command, tools: CommandTools): void {
  addVault(root, tools);
  addCases(root, tools);
  const { common, guarded } = tools;
  common(root.command('wipe'))
    .argument('[dossier]')
    .description('wist een dossier, alles waarvan de termijn om is, of een bronbestand / wipes')
    .option('--vault <folder>', 'de kluis / the vault')
    .option('--as <person>', 'wie je bent / who you are')
    .option('--source <file>', 'een bestand buiten de kluis / a file outside the vault')
    .action((dossier: string | undefined, options: WipeOptions & CommonOptions) =>
      guarded(options, (context) => wipeCommand(dossier, options, context)),
    );
  common(root.command('log').description('het logboek / the log').command('verify'))
    .argument('<file>', 'audit.jsonl')
    .argument('[certificates...]', 'verklaringen van elders / certificates kept elsewhere')
    .description('controleert het logboek, zonder kluis of wachtzin / verifies the log')
    .action((file: string, certificates: string[], options: CommonOptions) =>
      guarded(options, (context) => verifyLog(file, certificates, context)),
    );
}

function addVault(root: Command, { common, guarded }: CommandTools): void {
  common(root.command('vault').description('de kluis / the vault').command('init'))
    .argument('<folder>', 'een lege map op het schoolnetwerk / an empty folder on the school network')
    .description('maakt een kluis en haar beheerder / makes a vault and its administrator')
    .requiredOption('--name <name>', 'naam van de beheerder / of the administrator')
    .option('--recovery', 'maak een herstelcode / make a recovery code')
    .option('--allow-local', 'de school staat een lokale kluis toe / the school allows a local vault')
    .action((folder: string, options: InitOptions & CommonOptions) =>
      guarded(options, (context) => initVault(folder, options, context)),
    );
  const person = root.command('person').description('mensen in de kluis / people in the vault');
  inVault(common(person.command('add')))
    .description('voegt iemand toe; alleen de beheerder / adds someone')
    .addOption(new Option('--role <role>').choices(StaffRole.options).makeOptionMandatory())
    .requiredOption('--name <name>')
    .option('--recovery', 'maak een herstelcode / make a recovery code')
    .action((options: PersonOptions & CommonOptions) => guarded(options, (context) => addPerson(options, context)));
  common(person.command('list'))
    .requiredOption('--vault <folder>', 'de kluis / the vault')
    .action((options: Pick<VaultOptions, 'vault'> & CommonOptions) =>
      guarded(options, (context) => listPeople(options.vault, context)),
    );
  inVault(common(root.command('import')))
    .argument('<lesson>', 'de opname / the recording')
    .description('zet een opname versleuteld in de kluis / takes a recording into the vault')
    .addOption(new Option('--kind <kind>').choices(SourceKind.options).default('lesson'))
    .option('--recorded-on <day>', 'dag van de opname, jjjj-mm-dd / day of the recording')
    .option('--label <text>', 'eigen omschrijving / own words for it', '')
    .option('--access <person>', 'wie haar ook mag zien (nummer), herhaalbaar / who else may see it', collect, [])
    .option('--wipe-source', 'wis het bronbestand daarna / wipe the source afterwards')
    .action((lesson: string, options: ImportOptions & CommonOptions) =>
      guarded(options, (context) => importCommand(lesson, options, context)),
    );
}

function addCases(root: Command, { common, models, guarded }: CommandTools): void {
  const cases = root.command('case').description('dossiers in de kluis / dossiers in the vault');
  inVault(common(cases.command('list'))).action((options: VaultOptions & CommonOptions) =>
    guarded(options, (context) => listCases(options, context)),
  );
  inVault(models(common(cases.command('run'))))
    .argument('<dossier>')
    .description('maakt de clip, in de kluis / makes the clip, inside the vault')
    .addOption(new Option('--quality <level>').choices(['fast', 'careful']).default('careful'))
    .addOption(fitOption())
    .addOption(new Option('--mask <style>').choices(['mosaic', 'fill', 'silhouette']).default('mosaic'))
    .addOption(SOUND)
    .option('--dry-run', 'alleen tonen wat verborgen wordt / only show what would be hidden')
    .option('--resume', 'ga verder na een onderbreking / go on after an interruption')
    .option('--accept-findings', 'geef vrij ondanks gezichten in beeld / release despite faces in view')
    .option('--queue <address>', 'laat werkers renderen / have workers render: redis://127.0.0.1 (docs/workers.md)')
    .action((dossier: string, options: RunOptions & CommonOptions) =>
      guarded(options, (context) => runInVault(dossier, options, context)),
    );
  inVault(common(cases.command('decide')))
    .argument('<dossier>')
    .argument('<decisions>', 'bestand / file')
    .addOption(SUBTITLES)
    .addOption(SUBTITLE_WORDS)
    .action((dossier: string, file: string, options: VaultOptions & SubtitleOptions & CommonOptions) =>
      guarded(options, (context) => decide(dossier, file, options, context)),
    );
  inVault(common(cases.command('play')))
    .argument('<dossier>')
    .description('speelt de clip af met een speler op dit toestel / plays the clip')
    .option('--original', 'de opname zelf / the recording itself')
    .action((dossier: string, options: PlayOptions & CommonOptions) =>
      guarded(options, (context) => play(dossier, options, context)),
    );
  inVault(common(cases.command('assess')))
    .argument('<dossier>')
    .description('legt vast dat er is beoordeeld; de termijn gaat lopen / notes an assessment')
    .option('--on <day>', 'jjjj-mm-dd')
    .action((dossier: string, options: VaultOptions & { on?: string } & CommonOptions) =>
      guarded(options, (context) => assess(dossier, options, context)),
    );
  inVault(common(cases.command('shown')))
    .argument('<dossier>')
    .description('legt een vertoning vast: aantal mensen, nooit namen / notes a showing: how many, never who')
    .option('--on <day>', 'jjjj-mm-dd; zonder: vandaag / without: today')
    .option('--people <n>', 'hoeveel mensen keken mee / how many watched along', '1')
    .option('--supervised', 'inzage onder toezicht, als het profiel dat toestaat / a look under supervision')
    .action((dossier: string, options: ShownOptions & CommonOptions) =>
      guarded(options, (context) => shown(dossier, options, context)),
    );
  inVault(common(cases.command('close')))
    .argument('<dossier>')
    .description('sluit een dossier waarvan niets meer te doen is / closes a dossier')
    .action((dossier: string, options: VaultOptions & CommonOptions) =>
      guarded(options, (context) => closeCase(dossier, options, context)),
    );
  for (const grant of [true, false])
    inVault(common(cases.command(grant ? 'grant' : 'revoke')))
      .argument('<dossier>')
      .argument('<person>', 'nummer / id')
      .description(grant ? 'geeft iemand toegang / gives someone access' : 'neemt toegang terug / takes access back')
      .action((dossier: string, person: string, options: VaultOptions & CommonOptions) =>
        guarded(options, (context) => access(dossier, person, grant, options, context)),
      );
  for (const lift of [false, true])
    inVault(common(cases.command(lift ? 'lift' : 'hold')))
      .argument('<dossier>')
      .description(lift ? 'heft de incident-blokkade op / lifts the hold' : 'zet een incident-blokkade / sets a hold')
      .action((dossier: string, options: VaultOptions & CommonOptions) =>
        guarded(options, (context) => hold(dossier, lift, options, context)),
      );
}
