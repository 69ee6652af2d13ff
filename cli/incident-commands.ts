import { Option, type Command } from 'commander';
import { Affected, DataKind, IncidentCause, Measure, Reported } from '../core/incidents/incident.ts';
import {
  closeOneIncident,
  incidentFormPdf,
  listAllIncidents,
  openOneIncident,
  showOneIncident,
  updateOneIncident,
  type CloseOptions,
  type FactOptions,
  type OpenOptions,
} from './commands/incident.ts';
import type { VaultOptions } from './commands/vault.ts';
import type { PdfOptions } from './pdf-target.ts';
import { collect, inVault, type CommandTools, type CommonOptions } from './vault-commands.ts';

function facts(command: Command): Command {
  return command
    .addOption(new Option('--cause <cause...>', 'wat / what').choices(IncidentCause.options).makeOptionMandatory())
    .requiredOption('--what <text>', 'in een paar zinnen, zonder namen / in a few sentences, without names')
    .addOption(new Option('--kind <kind...>', 'gegevens / data').choices(DataKind.options).makeOptionMandatory())
    .addOption(new Option('--affected <people>').choices(Affected.options).default('unknown'))
    .addOption(new Option('--measure <measure...>').choices(Measure.options).default([]))
    .option('--dossier <dossier>', 'om welk dossier het gaat, herhaalbaar / which dossier, repeatable', collect, []);
}

/** "Datalek melden" (V2; AVG art. 33 and 34). */
export function addIncidentCommands(root: Command, { common, guarded }: CommandTools): void {
  const incident = root.command('incident').description('datalek melden / data breaches');
  facts(inVault(common(incident.command('open'))))
    .description('legt een (vermoed) datalek vast; iedereen mag dit; er wordt niets verstuurd / notes a breach')
    .option('--noticed <moment>', 'wanneer ontdekt, jjjj-mm-ddTuu:mm; zonder: nu / when it was noticed')
    .option('--hold', 'blokkeer die dossiers; alleen de privacy officer / set a hold on them')
    .action((options: OpenOptions & CommonOptions) => guarded(options, (context) => openOneIncident(options, context)));
  inVault(common(incident.command('list')))
    .description('alle datalekken en hun 72 uur / all of them, and their 72 hours')
    .action((options: VaultOptions & CommonOptions) =>
      guarded(options, (context) => listAllIncidents(options, context)),
    );
  inVault(common(incident.command('show')))
    .argument('<incident>')
    .description('het formulier, en of het logboek tot dan toe ongewijzigd is / the form, and the log up to then')
    .action((id: string, options: VaultOptions & CommonOptions) =>
      guarded(options, (context) => showOneIncident(id, options, context)),
    );
  facts(inVault(common(incident.command('update'))))
    .argument('<incident>')
    .description('vult het formulier opnieuw in / fills the form in anew')
    .action((id: string, options: FactOptions & CommonOptions) =>
      guarded(options, (context) => updateOneIncident(id, options, context)),
    );
  inVault(common(incident.command('form')))
    .argument('<incident>')
    .description('de vragen van de Autoriteit Persoonsgegevens, ingevuld, als PDF / the form of the authority')
    .requiredOption('--out <file>', 'de PDF')
    .option('--overwrite', 'vervang een bestaand bestand / replace an existing file')
    .action((id: string, options: VaultOptions & PdfOptions & CommonOptions) =>
      guarded(options, (context) => incidentFormPdf(id, options, context)),
    );
  inVault(common(incident.command('close')))
    .argument('<incident>')
    .description('sluit een datalek af; alleen de privacy officer / closes it')
    .addOption(new Option('--reported <outcome>').choices(Reported.options).makeOptionMandatory())
    .requiredOption('--reason <text>', 'toelichting, ook als er niet is gemeld / why')
    .option('--reported-at <moment>', 'wanneer gemeld, jjjj-mm-ddTuu:mm / when it was reported')
    .option('--delay <text>', 'waarom na 72 uur / why after 72 hours')
    .action((id: string, options: CloseOptions & CommonOptions) =>
      guarded(options, (context) => closeOneIncident(id, options, context)),
    );
}
