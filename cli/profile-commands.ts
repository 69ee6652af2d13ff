import { Argument, type Command } from 'commander';
import { EXAMPLES, type ExampleName } from '../core/profile/examples.ts';
import {
  confirmCommand,
  exportCommand,
  importProfileCommand,
  showExamples,
  showProfile,
  signCommand,
  type ImportProfileOptions,
} from './commands/profile.ts';
import type { VaultOptions } from './commands/vault.ts';
import { inVault, type CommandTools, type CommonOptions } from './vault-commands.ts';

/** The school profile: what a school decided about its recordings, signed. */
export function addProfileCommands(root: Command, { common, guarded }: CommandTools): void {
  const profile = root.command('profile').description('het schoolprofiel / the school profile');
  common(profile.command('show'))
    .description('toont het profiel en of het geldt / shows it and whether it stands')
    .requiredOption('--vault <folder>', 'de kluis / the vault')
    .action((options: Pick<VaultOptions, 'vault'> & CommonOptions) =>
      guarded(options, (context) => showProfile(options.vault, context)),
    );
  common(profile.command('examples'))
    .addArgument(new Argument('[name]').choices(Object.keys(EXAMPLES)))
    .description('voorbeelden van vijf scholen, om mee te beginnen / examples to begin from')
    .action((name: ExampleName | undefined, options: CommonOptions) =>
      guarded(options, (context) => showExamples(name, context)),
    );
  inVault(common(profile.command('sign')))
    .argument('<file>', 'het profiel, JSON / the profile')
    .description('ondertekent het profiel; alleen de beheerder / signs it')
    .action((file: string, options: VaultOptions & CommonOptions) =>
      guarded(options, (context) => signCommand(file, options, context)),
    );
  common(profile.command('export'))
    .argument('<file>', 'een nieuw bestand / a new file')
    .description('schrijft het profiel met handtekening weg / writes it with its signature')
    .requiredOption('--vault <folder>', 'de kluis / the vault')
    .action((file: string, options: Pick<VaultOptions, 'vault'> & CommonOptions) =>
      guarded(options, (context) => exportCommand(file, options.vault, context)),
    );
  inVault(common(profile.command('import')))
    .argument('<file>', 'ondertekend elders / signed elsewhere')
    .description('neemt het profiel van een opleidingsschool of andere kluis over / takes over a signed profile')
    .option('--own <file>', 'wat de school zelf zegt, JSON / what the school says for itself')
    .option('--fingerprint <code>', 'kenmerk van de ondertekenaar / fingerprint of its signer')
    .action((file: string, options: ImportProfileOptions & CommonOptions) =>
      guarded(options, (context) => importProfileCommand(file, options, context)),
    );
  inVault(common(profile.command('confirm')))
    .description('bevestigt het profiel voor dit schooljaar; alleen de privacy officer / confirms it')
    .action((options: VaultOptions & CommonOptions) => guarded(options, (context) => confirmCommand(options, context)));
}
