import { Option, type Command } from 'commander';
import { RefusalRule, RequestBy, RequestKind, RequestOutcome } from '../core/requests/request.ts';
import {
  addRequest,
  answerOneRequest,
  extendOneRequest,
  handleOneRequest,
  listAllRequests,
  requestLetterPdf,
  showOneRequest,
  type AddRequestOptions,
  type AnswerOptions,
  type HandleOptions,
} from './commands/request.ts';
import type { VaultOptions } from './commands/vault.ts';
import type { PdfOptions } from './pdf-target.ts';
import { collect, inVault, type CommandTools, type CommonOptions } from './vault-commands.ts';

/** The request desk: inzage, verwijdering, beperking and bezwaar (V1). */
export function addRequestCommands(root: Command, { common, guarded }: CommandTools): void {
  const request = root.command('request').description('verzoeken van wie gefilmd is / requests of those filmed (AVG)');
  inVault(common(request.command('add')))
    .description('schrijft een verzoek in / takes a request in')
    .addOption(new Option('--kind <kind>').choices(RequestKind.options).makeOptionMandatory())
    .addOption(new Option('--by <who>').choices(RequestBy.options).makeOptionMandatory())
    .requiredOption('--group <class>', 'de klas / the class')
    .requiredOption('--from <day>', 'de (eerste) lesdag, jjjj-mm-dd / the (first) day of lessons')
    .option('--to <day>', 'de laatste lesdag; zonder: dezelfde dag / the last day')
    .option('--pupil <pseudonym>', '"Leerling 3", nooit een naam / never a name')
    .option('--received <day>', 'zonder: vandaag / without: today')
    .action((options: AddRequestOptions & CommonOptions) =>
      guarded(options, (context) => addRequest(options, context)),
    );
  inVault(common(request.command('list')))
    .description('verzoeken, wat het eerst beantwoord moet zijn voorop / requests by answer date')
    .action((options: VaultOptions & CommonOptions) =>
      guarded(options, (context) => listAllRequests(options, context)),
    );
  inVault(common(request.command('show')))
    .argument('<request>')
    .description('een verzoek, en wat er nog moet gebeuren / a request, and what is left to do')
    .action((id: string, options: VaultOptions & CommonOptions) =>
      guarded(options, (context) => showOneRequest(id, options, context)),
    );
  inVault(common(request.command('handle')))
    .argument('<request>')
    .description('zoekt de dossiers op klas en datum, nooit op gezicht / looks for the dossiers, never by face')
    .option('--concerns <dossier>', 'hoort erbij, volgens wie het maakte / is part of it, says its maker', collect, [])
    .option('--cleared <dossier>', 'hoort er niet bij / is no part of it', collect, [])
    .action((id: string, options: HandleOptions & CommonOptions) =>
      guarded(options, (context) => handleOneRequest(id, options, context)),
    );
  inVault(common(request.command('extend')))
    .argument('<request>')
    .description('stelt het antwoord eenmaal twee maanden uit / extends the term once by two months')
    .requiredOption('--reason <text>', 'komt in de brief / goes into the letter')
    .action((id: string, options: VaultOptions & { reason: string } & CommonOptions) =>
      guarded(options, (context) => extendOneRequest(id, options, context)),
    );
  inVault(common(request.command('answer')))
    .argument('<request>')
    .description('beantwoordt een verzoek / answers a request')
    .addOption(new Option('--outcome <outcome>').choices(RequestOutcome.options).makeOptionMandatory())
    .option('--reason <text>', 'komt in de brief, zonder namen / goes into the letter, without names', '')
    .addOption(new Option('--rule <rule>', 'artikel, bij partly en refused / article').choices(RefusalRule.options))
    .action((id: string, options: AnswerOptions & CommonOptions) =>
      guarded(options, (context) => answerOneRequest(id, options, context)),
    );
  inVault(common(request.command('letter')))
    .argument('<request>')
    .description('de brief met het antwoord of het uitstel, als PDF / the letter')
    .requiredOption('--out <file>', 'de PDF')
    .option('--overwrite', 'vervang een bestaand bestand / replace an existing file')
    .action((id: string, options: VaultOptions & PdfOptions & CommonOptions) =>
      guarded(options, (context) => requestLetterPdf(id, options, context)),
    );
}
