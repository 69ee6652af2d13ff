import { ruleOf, type ClosingReason } from '../core/dossier/closing.ts';
import type { KeepingError, KeyPlaceRefusal } from '../core/retention/errors.ts';
import { ROOTS_EN, ROOTS_NL } from './vault-errors.ts';

type Sentences = { [Code in KeepingError['code']]: (error: Extract<KeepingError, { code: Code }>) => string };

export const CLOSING_NL: Record<ClosingReason, string> = {
  'not-wiped': 'de opname is niet gewist',
  'wiped-in-part': 'de opname is maar gedeeltelijk gewist',
  'no-certificate': 'de verklaring van vernietiging is er niet of hoort niet bij het logboek',
  'copy-outside': 'een ingeleverde clip is niet teruggehaald, en niemand heeft dat nog op tijd als taak',
  'on-hold': 'er rust een incident-blokkade op',
  'not-assessed': 'er is niet vastgelegd dat de opname is beoordeeld; alleen de privacy officer kan dan sluiten',
  'task-not-given': 'er is nog een taak die niemand heeft',
  'task-without-owner': 'een open taak is van niemand die dit kan doen',
  'task-overdue': 'een open taak is over tijd',
};

export const CLOSING_EN: Record<ClosingReason, string> = {
  'not-wiped': 'the recording was not wiped',
  'wiped-in-part': 'the recording was wiped only in part',
  'no-certificate': 'the certificate of destruction is not there, or does not belong to the log',
  'copy-outside': 'a clip that was handed in was not taken back, and nobody has that as a task that is in time',
  'on-hold': 'an incident hold rests on it',
  'not-assessed': 'no assessment was noted; only the privacy officer can close it then',
  'task-not-given': 'there is a task that nobody has yet',
  'task-without-owner': 'an open task belongs to nobody who can do it',
  'task-overdue': 'an open task is overdue',
};

const PLACES_NL: Record<KeyPlaceRefusal, string> = { ...ROOTS_NL, 'inside-vault': 'de kluis zelf' };
const PLACES_EN: Record<KeyPlaceRefusal, string> = { ...ROOTS_EN, 'inside-vault': 'the vault itself' };

const listed = (reasons: readonly ClosingReason[], words: Record<ClosingReason, string>) =>
  reasons.map((reason) => `${words[reason]} (${ruleOf(reason)})`).join('; ');

export const keepingErrorsNl: Sentences = {
  'task-unknown': ({ task }) => `Taak ${task} is er niet. Zie "onherkenbaar task list".`,
  'task-is-done': () => 'Deze taak is al gedaan.',
  'task-not-yours': () => 'Deze taak is van iemand anders. Vraag het diegene, of de schoolopleider.',
  'closing-refused': ({ reasons }) => `Dit dossier kan niet worden gesloten: ${listed(reasons, CLOSING_NL)}.`,
  'dossier-closed': ({ dossier }) => `Dossier ${dossier} is gesloten; er verandert niets meer aan.`,
  'key-file-exists': () => 'Het sleutelbestand bestaat al. Kies een andere naam; het wordt nooit overschreven.',
  'key-file-missing': () =>
    'Het sleutelbestand van de wachter is er niet. Controleer de naam, of maak een wachter met "onherkenbaar caretaker add".',
  'key-file-invalid': () =>
    'Dit is geen sleutelbestand van een wachter. Maak een nieuwe wachter met "onherkenbaar caretaker add".',
  'key-file-other-vault': () => 'Dit sleutelbestand hoort bij een andere kluis. Geef het bestand van deze kluis.',
  'key-file-loose': ({ mode }) =>
    `Het sleutelbestand mag door anderen worden gelezen of veranderd (${mode}) en wordt niet gebruikt. Geef "chmod 600", met het account waaronder de wachter draait als eigenaar.`,
  'key-file-refused': ({ reason }) =>
    `Het sleutelbestand mag hier niet staan: dit is ${PLACES_NL[reason]}. Kies een map die alleen de wachter kan lezen, bijvoorbeeld /etc/onherkenbaar.`,
  'daily-vault-away': () =>
    'De map van de kluis is er nu niet; er is niets nagekeken en niets gewist. Verbind dit toestel met het schoolnetwerk en doe het opnieuw.',
  'schedule-path': () =>
    'In de naam van een map of bestand staat een teken dat niet in een planning kan. Gebruik een andere naam.',
};

export const keepingErrorsEn: Sentences = {
  'task-unknown': ({ task }) => `There is no task ${task}. See "onherkenbaar task list".`,
  'task-is-done': () => 'This task was done already.',
  'task-not-yours': () => "This task is someone else's. Ask them, or your school trainer.",
  'closing-refused': ({ reasons }) => `This dossier can't be closed: ${listed(reasons, CLOSING_EN)}.`,
  'dossier-closed': ({ dossier }) => `Dossier ${dossier} is closed; nothing about it changes any more.`,
  'key-file-exists': () => 'The key file exists. Choose another name; it is never overwritten.',
  'key-file-missing': () =>
    'The caretaker\'s key file is not there. Check its name, or make a caretaker with "onherkenbaar caretaker add".',
  'key-file-invalid': () =>
    'This is no key file of a caretaker. Make a new caretaker with "onherkenbaar caretaker add".',
  'key-file-other-vault': () => 'This key file belongs to another vault. Give the one of this vault.',
  'key-file-loose': ({ mode }) =>
    `Others may read or change the key file (${mode}), so it is not used. Run "chmod 600", with the account that the caretaker runs as for its owner.`,
  'key-file-refused': ({ reason }) =>
    `The key file may not be here: this is ${PLACES_EN[reason]}. Choose a folder that only the caretaker can read, /etc/onherkenbaar for example.`,
  'daily-vault-away': () =>
    "The vault's folder is not there now; nothing was looked at and nothing wiped. Connect this machine to the school's network and run it again.",
  'schedule-path': () => 'The name of a folder or file has a character that no schedule can hold. Use another name.',
};
