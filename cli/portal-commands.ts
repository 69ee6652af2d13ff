import type { Command } from 'commander';
import {
  listPortals,
  loginCommand,
  logoutCommand,
  passwordCommand,
  placesCommand,
  type LoginOptions,
} from './commands/portal.ts';
import type { VaultOptions } from './commands/vault.ts';
import { inVault, type CommandTools, type CommonOptions } from './vault-commands.ts';

/** By what a person is known at the targets of the school profile. */
export function addPortalCommands(root: Command, { common, guarded }: CommandTools): void {
  const portal = root.command('portal').description('aanmelden bij instituten / signing in to institutes');
  inVault(common(portal.command('list')))
    .description('de doelen uit het schoolprofiel / the targets of the school profile')
    .action((options: VaultOptions & CommonOptions) => guarded(options, (context) => listPortals(options, context)));
  inVault(common(portal.command('login')))
    .argument('<target>')
    .description('meldt je aan; vraagt om token of wachtwoord / signs you in; asks for a token or password')
    .option('--user <name>', 'je naam bij het doel (WebDAV, SFTP, FileSender) / your name there')
    .option('--key <file>', 'een sleutel van OpenSSH (SFTP) / an OpenSSH private key')
    .action((target: string, options: LoginOptions & CommonOptions) =>
      guarded(options, (context) => loginCommand(target, options, context)),
    );
  inVault(common(portal.command('logout')))
    .argument('<target>')
    .description('vergeet je aanmelding / forgets your sign-in')
    .action((target: string, options: VaultOptions & CommonOptions) =>
      guarded(options, (context) => logoutCommand(target, options, context)),
    );
  inVault(common(portal.command('places')))
    .argument('<target>')
    .description('waar je mag inleveren / where you may hand in')
    .action((target: string, options: VaultOptions & CommonOptions) =>
      guarded(options, (context) => placesCommand(target, options, context)),
    );
  inVault(common(portal.command('password')))
    .argument('<delivery>')
    .description('het wachtwoord van een versleutelde levering / the password of an encrypted delivery')
    .action((delivery: string, options: VaultOptions & CommonOptions) =>
      guarded(options, (context) => passwordCommand(delivery, options, context)),
    );
}
