import type { ChainProblem } from '../../core/audit/chain.ts';
import type { OpenTask } from '../../core/vault/certificate.ts';
import type { Role } from '../../core/vault/person.ts';
import type { Language } from '../../words/errors.ts';
import { ROLES_EN, ROLES_NL } from '../../words/vault-errors.ts';

export interface VaultTexts {
  readonly roles: Record<Role, string>;
  readonly askPassphrase: string;
  readonly askNewPassphrase: (name: string) => string;
  readonly askAgain: string;
  readonly made: (id: string) => string;
  readonly storage: (fileSystem: string, medium: string, snapshots: string) => string;
  readonly added: (name: string, role: string, id: string) => string;
  readonly recovery: (code: string) => string;
  readonly stage: Record<'copy' | 'read-back', string>;
  readonly imported: (id: string) => string;
  readonly sourceLeft: string;
  readonly sourceWiped: string;
  readonly sourceNotWiped: (reason: string) => string;
  readonly ssd: string;
  readonly noCases: string;
  readonly caseLine: (id: string, label: string, recorded: string, due: string, rule: string, state: string) => string;
  readonly states: Record<
    'clip' | 'none' | 'hidden' | 'wiped' | 'closed' | 'partial' | 'hold' | 'busy' | 'damaged',
    string
  >;
  readonly caseDone: (id: string) => string;
  readonly decided: string;
  readonly granted: (person: string) => string;
  readonly revoked: (person: string) => string;
  readonly playing: (address: string) => string;
  readonly assessed: (due: string) => string;
  readonly shown: (people: number) => string;
  readonly held: (day: string) => string;
  readonly lifted: string;
  readonly wiped: (id: string) => string;
  readonly partlyWiped: (id: string) => string;
  readonly certificate: (path: string) => string;
  readonly tasks: string;
  readonly task: Record<OpenTask, string>;
  readonly nothingDue: string;
  readonly clockAhead: (today: string) => string;
  readonly recovered: (count: number) => string;
  readonly notRecovered: (dossier: string) => string;
  readonly logGood: (lines: number) => string;
  readonly certificateGood: string;
  readonly logBad: (line: number, problem: string) => string;
  readonly problem: Record<ChainProblem, string>;
}

const nl: VaultTexts = {
  roles: ROLES_NL,
  askPassphrase: 'Wachtzin: ',
  askNewPassphrase: (name) => `Nieuwe wachtzin voor ${name}: `,
  askAgain: 'Nog een keer: ',
  made: (id) => `De kluis is gemaakt (${id}).`,
  storage: (fileSystem, medium, snapshots) => `Opslag: ${fileSystem}, ${medium}; momentopnamen: ${snapshots}.`,
  added: (name, role, id) => `${name} (${role}) is toegevoegd: ${id}`,
  recovery: (code) => `Herstelcode, eenmalig getoond; druk haar af en leg haar in de kluis van de school:\n  ${code}`,
  stage: { copy: 'Versleuteld kopiëren', 'read-back': 'Teruglezen en vergelijken' },
  imported: (id) => `De opname staat in de kluis: dossier ${id}`,
  sourceLeft: 'Het bronbestand staat er nog, onversleuteld. Wis het met "onherkenbaar wipe --source BESTAND".',
  sourceWiped: 'Het bronbestand is overschreven en verwijderd.',
  sourceNotWiped: (reason) => `Het bronbestand is NIET gewist (${reason}). Wis het zelf.`,
  ssd: 'Op een ssd, kaart of stick kan het geheugen oude delen bewaren die geen programma bereikt. Formatteer de kaart in de camera, of bewaar haar achter slot.',
  noCases: 'Er zijn geen dossiers.',
  caseLine: (id, label, recorded, due, rule, state) =>
    `${id}  ${recorded}  bewaren tot ${due} (${rule})  ${state}  ${label}`,
  states: {
    clip: 'clip gemaakt',
    none: 'nog te bewerken',
    hidden: 'geen toegang',
    wiped: 'gewist',
    closed: 'gewist en gesloten',
    partial: 'gedeeltelijk gewist',
    hold: 'incident-blokkade',
    busy: 'wordt nu aan gewerkt',
    damaged: 'BESCHADIGD',
  },
  caseDone: (id) => `De clip staat in de kluis, bij dossier ${id}.`,
  decided: 'De beslissingen zijn vastgelegd; maak de clip opnieuw met "case run".',
  granted: (person) => `${person} heeft nu toegang.`,
  revoked: (person) => `${person} heeft geen toegang meer; wat al gezien is, kan niet worden teruggenomen.`,
  playing: (address) =>
    `Speel af met een speler op dit toestel, bijvoorbeeld VLC: ${address}\nStrikt vertrouwelijk: die speler legt er geen merk over van wie er kijkt, dus laat niemand meekijken of filmen.\nStop met Ctrl-C.`,
  assessed: (due) => `De beoordeling is vastgelegd; de opname wordt bewaard tot ${due}.`,
  shown: (people) => `Vastgelegd: vertoond aan ${people} (aantal, geen namen).`,
  held: (day) => `Incident-blokkade gezet; bekijk haar opnieuw vóór ${day}.`,
  lifted: 'De blokkade is opgeheven; de bewaartermijn loopt weer.',
  wiped: (id) =>
    `Dossier ${id} is gewist: de sleutel is vernietigd, de versleutelde resten zijn voor niemand leesbaar.`,
  partlyWiped: (id) =>
    `Dossier ${id} is GEDEELTELIJK gewist; bij het openen van de kluis wordt het opnieuw geprobeerd.`,
  certificate: (path) => `Verklaring van vernietiging: ${path}`,
  tasks: 'Nog zelf te doen:',
  task: {
    card: 'de geheugenkaart van de camera',
    phone: 'de telefoon waarmee is gefilmd, met prullenbak en cloud',
    backups: 'back-ups van de map van de kluis (ict-beheerder)',
    portal: 'kopieën bij de lerarenopleiding',
    snapshots: 'momentopnamen van de opslag (ict-beheerder)',
  },
  nothingDue: 'Er hoeft niets gewist te worden.',
  clockAhead: (today) =>
    `Van een of meer dossiers is de termijn om, maar de klok staat ver voor op het logboek (${today}). Klopt de datum, wis ze dan met "onherkenbaar wipe".`,
  recovered: (count) => `${count} afgebroken wissing(en) zijn afgemaakt of opnieuw geprobeerd.`,
  notRecovered: (dossier) =>
    `Met dossier ${dossier} is iets mis dat nu niet hersteld kon worden; waarschuw de beheerder.`,
  logGood: (lines) => `Het logboek klopt: ${lines} regels, elke regel getekend.`,
  certificateGood: 'De verklaring hoort bij dit logboek en is echt getekend.',
  logBad: (line, problem) => `Het logboek klopt NIET, regel ${line}: ${problem}.`,
  problem: {
    'not-an-entry': 'dit is geen regel van een logboek',
    gap: 'hier ontbreken regels of ze staan in een andere volgorde',
    altered: 'deze regel is veranderd',
    'broken-link': 'deze regel volgt niet op de vorige',
    'unknown-person': 'getekend door iemand die de kluis niet kent',
    'bad-signature': 'de handtekening klopt niet',
    'not-allowed': 'getekend door iemand die dit niet mag',
    closed: 'het dossier waar deze regel over gaat was al gesloten',
    'cut-tail': 'het einde van het logboek is weggehaald',
    rewritten: 'het logboek is opnieuw geschreven',
    'other-vault': 'de verklaring hoort bij een andere kluis',
    'bad-checkpoint': 'de verklaring is niet echt',
    'out-of-course': 'het dossier was daar nog niet aan toe: zo’n regel komt niet langs de poorten',
    empty: 'het logboek is leeg',
  },
};

const en: VaultTexts = {
  roles: ROLES_EN,
  askPassphrase: 'Passphrase: ',
  askNewPassphrase: (name) => `New passphrase for ${name}: `,
  askAgain: 'Once more: ',
  made: (id) => `The vault was made (${id}).`,
  storage: (fileSystem, medium, snapshots) => `Storage: ${fileSystem}, ${medium}; snapshots: ${snapshots}.`,
  added: (name, role, id) => `${name} (${role}) was added: ${id}`,
  recovery: (code) => `Recovery code, shown once; print it and keep it in the school's safe:\n  ${code}`,
  stage: { copy: 'Copying, encrypted', 'read-back': 'Reading back and comparing' },
  imported: (id) => `The recording is in the vault: dossier ${id}`,
  sourceLeft: 'The source file is still there, unencrypted. Wipe it with "onherkenbaar wipe --source FILE".',
  sourceWiped: 'The source file was overwritten and removed.',
  sourceNotWiped: (reason) => `The source file was NOT wiped (${reason}). Wipe it yourself.`,
  ssd: 'An SSD, card or stick may keep old parts that no program can reach. Format the card in the camera, or lock it away.',
  noCases: 'There are no dossiers.',
  caseLine: (id, label, recorded, due, rule, state) =>
    `${id}  ${recorded}  keep until ${due} (${rule})  ${state}  ${label}`,
  states: {
    clip: 'clip made',
    none: 'to be worked on',
    hidden: 'no access',
    wiped: 'wiped',
    closed: 'wiped and closed',
    partial: 'partly wiped',
    hold: 'incident hold',
    busy: 'being worked on',
    damaged: 'DAMAGED',
  },
  caseDone: (id) => `The clip is in the vault, in dossier ${id}.`,
  decided: 'The decisions were recorded; make the clip again with "case run".',
  granted: (person) => `${person} has access now.`,
  revoked: (person) => `${person} has no access any more; what was seen can't be taken back.`,
  playing: (address) =>
    `Play it with a player on this machine, VLC for example: ${address}\nStrictly confidential: that player lays no mark of who is looking over it, so let nobody look along or film it.\nStop with Ctrl-C.`,
  assessed: (due) => `The assessment was recorded; the recording is kept until ${due}.`,
  shown: (people) => `Noted: shown to ${people} (a number, no names).`,
  held: (day) => `Incident hold set; look at it again before ${day}.`,
  lifted: 'The hold was lifted; the term of keeping runs again.',
  wiped: (id) => `Dossier ${id} was wiped: its key is destroyed, nobody can read what ciphertext is left.`,
  partlyWiped: (id) => `Dossier ${id} was wiped IN PART; it is tried again when the vault is opened.`,
  certificate: (path) => `Certificate of destruction: ${path}`,
  tasks: 'Left for you to do:',
  task: {
    card: "the camera's memory card",
    phone: 'the phone that filmed it, with its bin and cloud',
    backups: "backups of the vault's folder (IT staff)",
    portal: 'copies at the institute',
    snapshots: 'snapshots of the storage (IT staff)',
  },
  nothingDue: 'Nothing has to be wiped.',
  clockAhead: (today) =>
    `Dossiers are past their term, but the clock is far ahead of the log (${today}). If the date is right, wipe them with "onherkenbaar wipe".`,
  recovered: (count) => `${count} interrupted wipe(s) were finished or tried again.`,
  notRecovered: (dossier) =>
    `Something is wrong with dossier ${dossier} that could not be mended now; tell the administrator.`,
  logGood: (lines) => `The log is right: ${lines} lines, each of them signed.`,
  certificateGood: 'The certificate belongs to this log and its signature is genuine.',
  logBad: (line, problem) => `The log is NOT right, line ${line}: ${problem}.`,
  problem: {
    'not-an-entry': 'this is not a line of a log',
    gap: 'lines are missing here or stand in another order',
    altered: 'this line was altered',
    'broken-link': 'this line does not follow the one before',
    'unknown-person': 'signed by someone whom the vault does not know',
    'bad-signature': 'the signature is wrong',
    'not-allowed': 'signed by someone who may not do this',
    closed: 'the dossier that this line is about was closed already',
    'cut-tail': 'the end of the log was cut off',
    rewritten: 'the log was written anew',
    'other-vault': 'the certificate belongs to another vault',
    'bad-checkpoint': 'the certificate is not genuine',
    'out-of-course': 'the dossier was not that far: such a line does not come past the gates',
    empty: 'the log is empty',
  },
};

export function vaultTexts(language: Language): VaultTexts {
  return language === 'nl' ? nl : en;
}
