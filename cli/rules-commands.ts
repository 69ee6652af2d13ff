import type { Command } from 'commander';
import { STATEMENT } from '../core/conduct/statement.ts';
import { signStatement, statementSigned } from '../native/vault/conduct.ts';
import { openSession, type VaultOptions } from './commands/vault.ts';
import type { Context } from './context.ts';
import { dayNow } from '../native/day.ts';
import { inVault, type CommandTools, type CommonOptions } from './vault-commands.ts';

const WORDS = {
  nl: {
    title: 'Gedragsregels voor wie opnamen maakt of ziet:',
    signed: 'Ondertekend voor dit schooljaar.',
    open: 'Nog niet ondertekend voor dit schooljaar: onherkenbaar rules sign.',
  },
  en: {
    title: 'Rules of conduct for whoever makes or sees recordings:',
    signed: 'Signed for this school year.',
    open: 'Not signed yet for this school year: onherkenbaar rules sign.',
  },
};

async function show(options: VaultOptions, context: Context): Promise<void> {
  const session = await openSession(options, context);
  const signed = statementSigned(session, dayNow());
  const { asJson, output, language } = context;
  const promises = STATEMENT[language];
  if (asJson) return output.json({ event: 'rules', promises, signed });
  output.say(WORDS[language].title);
  for (const promise of promises) output.say(`  - ${promise}`);
  output.say(signed ? WORDS[language].signed : WORDS[language].open);
}

async function sign(options: VaultOptions, context: Context): Promise<void> {
  const session = await openSession(options, context);
  await signStatement(session, dayNow());
  const { asJson, output, language } = context;
  if (asJson) output.json({ event: 'rules-signed' });
  else output.say(WORDS[language].signed);
}

/** What everyone promises each school year before they film or judge (I9, S6). */
export function addRulesCommands(root: Command, { common, guarded }: CommandTools): void {
  const rules = root.command('rules').description('gedragsregels van de school / rules of conduct');
  inVault(common(rules.command('show')))
    .description('toont ze, en of ze zijn ondertekend / shows them')
    .action((options: VaultOptions & CommonOptions) => guarded(options, (context) => show(options, context)));
  inVault(common(rules.command('sign')))
    .description('ondertekent ze voor dit schooljaar / signs them for this school year')
    .action((options: VaultOptions & CommonOptions) => guarded(options, (context) => sign(options, context)));
}
