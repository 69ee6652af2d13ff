import type { DeliveryError } from '../core/delivery/errors.ts';
import { EXPORT_RULES, type ExportRefusal } from '../core/delivery/gate.ts';
import type { DeliveryReason } from '../core/delivery/journal.ts';
import type { Platform } from '../core/profile/profile.ts';
import { ROOTS_EN, ROOTS_NL } from './vault-errors.ts';

type Sentences = { [Code in DeliveryError['code']]: (error: Extract<DeliveryError, { code: Code }>) => string };

const REFUSED_NL: Record<ExportRefusal, string> = {
  'not-approved': 'De schoolopleider heeft deze clip niet goedgekeurd, of er is sindsdien iets veranderd.',
  'clip-differs': 'De clip in de kluis is niet meer de clip die is goedgekeurd. Maak haar opnieuw en bied haar aan.',
  rejected: 'De schoolopleider keurde deze opname af. Ze moet worden gewist.',
  'purpose-unknown': 'Het doel van deze opname staat niet in het schoolprofiel, of is later veranderd.',
  'purpose-internal': 'Deze opname is gemaakt voor de lessen van de school zelf en verlaat de school niet.',
  'sharing-never': 'Deze school deelt geen opnamen, ook niet onherkenbaar gemaakt.',
  'assessment-only':
    'Deze school deelt alleen opnamen die een bekwaamheid toetsen of bewijzen. Deze is om op terug te kijken, en blijft op school.',
  'target-unknown': 'Dit doel staat niet in het schoolprofiel. Alleen de beheerder kan het daarin opnemen.',
  'too-large': 'De clip is groter dan dit doel aanneemt. Maak haar kleiner, en laat haar opnieuw beoordelen.',
  'too-long': 'De clip duurt langer dan dit doel aanneemt. Kies een korter fragment, en laat het opnieuw beoordelen.',
  'page-not-read': 'Lees eerst hoe het instituut met opnamen wil omgaan, en bevestig dat.',
  'objection-open': 'Van een leerling met bezwaar is nog niet gezegd hoe dat is opgelost.',
  reopened: 'Na de goedkeuring kwam er een bezwaar of verviel een toestemming. De clip moet opnieuw worden beoordeeld.',
  'on-hold': 'Op deze opname staat een incident-blokkade. Vraag de privacy officer.',
  'past-term': 'De bewaartermijn is om. De opname moet worden gewist.',
  wiped: 'Deze opname is gewist.',
  closed: 'Dit dossier is gesloten.',
};

const REFUSED_EN: Record<ExportRefusal, string> = {
  'not-approved': 'The school trainer has not approved this clip, or something changed since.',
  'clip-differs': 'The clip in the vault is no longer the one that was approved. Make it again and hand it in.',
  rejected: 'The school trainer rejected this recording. It has to be wiped.',
  'purpose-unknown': 'The purpose of this recording is not in the school profile, or was changed later.',
  'purpose-internal': "This recording was made for the school's own lessons and does not leave the school.",
  'sharing-never': 'This school shares no recordings, also when made unrecognisable.',
  'assessment-only':
    'This school shares only recordings that test or prove a competence. This one is for looking back, and stays at school.',
  'target-unknown': 'This target is not in the school profile. Only the administrator can put it there.',
  'too-large': 'The clip is larger than this target takes. Make it smaller, and have it reviewed again.',
  'too-long': 'The clip is longer than this target takes. Choose a shorter fragment, and have it reviewed again.',
  'page-not-read': 'First read how the institute wants recordings handled, and confirm it.',
  'objection-open': 'For a pupil who objects it was not said how that was met.',
  reopened: 'Since the approval an objection came in or a consent went. The clip has to be reviewed again.',
  'on-hold': 'There is an incident hold on this recording. Ask the privacy officer.',
  'past-term': 'Its term is over. The recording has to be wiped.',
  wiped: 'This recording was wiped.',
  closed: 'This dossier is closed.',
};

const FAILED_NL: Record<DeliveryReason, string> = {
  cancelled: 'er werd gestopt',
  unreachable: 'het doel was niet bereikbaar',
  busy: 'het doel heeft het te druk',
  refused: 'het doel nam de clip niet aan',
  'not-trusted': 'het doel kon niet bewijzen dat het is wie het zegt (certificaat of sleutel)',
  'proxy-refuses': 'de proxy van de school laat deze verbinding niet door (vraag ict-beheer)',
  'signed-out': 'je aanmelding bij het doel geldt niet of niet meer',
  'not-allowed': 'je mag daar niet inleveren, of het is gesloten',
  'place-missing': 'de plek bij het doel bestaat niet',
  'too-large': 'het doel vindt de clip te groot',
  'host-refused': 'het doel verwees naar een server die niet in het schoolprofiel staat',
  'not-understood': 'het doel antwoordde anders dan afgesproken',
  'disk-full': 'de schijf van het doel is vol',
  'not-writable': 'in de doelmap mag niet worden geschreven',
  differs: 'wat er aankwam was niet gelijk aan de goedgekeurde clip',
  'clip-changed': 'de clip in de kluis is veranderd of beschadigd',
  'gate-closed': 'er kwam intussen iets tussen, zoals een bezwaar of een blokkade',
  'outcome-unknown': 'niet zeker is of de clip er nu ligt',
};

const FAILED_EN: Record<DeliveryReason, string> = {
  cancelled: 'it was stopped',
  unreachable: 'the target could not be reached',
  busy: 'the target is too busy',
  refused: 'the target did not take the clip',
  'not-trusted': 'the target could not prove that it is what it says (certificate or key)',
  'proxy-refuses': "the school's proxy does not let this connection through (ask IT)",
  'signed-out': 'the target does not take your sign-in, or no longer',
  'not-allowed': 'you may not hand in there, or it is closed',
  'place-missing': 'there is no such place at the target',
  'too-large': 'the target finds the clip too large',
  'host-refused': 'the target pointed to a server that is not in the school profile',
  'not-understood': 'the target answered otherwise than agreed',
  'disk-full': "the target's disk is full",
  'not-writable': 'the target folder may not be written to',
  differs: 'what arrived was not equal to the approved clip',
  'clip-changed': 'the clip in the vault was changed or damaged',
  'gate-closed': 'something came in between, such as an objection or a hold',
  'outcome-unknown': 'it is not certain whether the clip lies there now',
};

const PLACES_NL: Record<Platform, string> = {
  canvas: 'CURSUS/OPDRACHT, twee nummers',
  brightspace: 'CURSUS/INLEVERMAP, twee nummers',
  filesender: 'het mailadres van de ontvanger',
  webdav: 'een map, zoals /remote.php/dav/files/JOU/Inleveren',
  sftp: 'een map, zoals /inleveren',
  'by-hand': 'een map met --to: bij dit doel lever je zelf in',
};

const PLACES_EN: Record<Platform, string> = {
  canvas: 'COURSE/ASSIGNMENT, two numbers',
  brightspace: 'COURSE/FOLDER, two numbers',
  filesender: 'the mail address of the receiver',
  webdav: 'a folder, such as /remote.php/dav/files/YOU/Handin',
  sftp: 'a folder, such as /handin',
  'by-hand': 'a folder with --to: you hand in there yourself',
};

/** Why a delivery waits or failed, in the middle of a sentence. */
export function deliveryReason(reason: DeliveryReason, language: 'nl' | 'en'): string {
  return (language === 'nl' ? FAILED_NL : FAILED_EN)[reason];
}

const withRules = (words: Record<ExportRefusal, string>, reasons: readonly ExportRefusal[]) =>
  reasons.map((reason) => `${words[reason].replace(/\.$/, '')} (${EXPORT_RULES[reason]}).`).join(' ');

export const deliveryErrorsNl: Sentences = {
  'export-refused': ({ reasons }) => withRules(REFUSED_NL, reasons),
  'export-place-refused': ({ reason }) =>
    `De clip kan daar niet worden neergelegd: dat is ${reason === 'in-vault' ? 'een map van een kluis' : ROOTS_NL[reason]}. Kies een map op het schoolnetwerk.`,
  'export-failed': ({ reason, delivery }) =>
    `De clip is niet ingeleverd: ${FAILED_NL[reason]}. Geef dezelfde opdracht opnieuw om verder te gaan (levering ${delivery}).`,
  'export-list-missing': () => 'De lijst met leveringen bestaat niet. Controleer de naam.',
  'export-list-invalid': ({ where }) => `De lijst met leveringen klopt niet bij "${where}". Er is niets ingeleverd.`,
  'export-batch-failed': ({ failed, total }) => `Van ${total} leveringen zijn er ${failed} niet gelukt; zie hierboven.`,
  'delivery-exists': ({ delivery }) =>
    `Deze clip is al ingeleverd bij dit doel (levering ${delivery}). Haal haar eerst terug als dat opnieuw moet.`,
  'delivery-elsewhere': ({ delivery }) =>
    `Levering ${delivery} van deze clip is in een andere map of onder een eerdere goedkeuring begonnen. Maak haar daar af, of haal haar terug met "export take-back".`,
  'delivery-busy': () => 'Bij dit doel wordt nu iets anders ingeleverd. Wacht tot dat klaar is.',
  'delivery-unknown': ({ delivery }) => `Levering ${delivery} is niet bekend. Kijk met "export list".`,
  'delivery-not-done': ({ delivery }) => `Levering ${delivery} is niet afgemaakt. Doe dat eerst.`,
  'delivery-taken-back': ({ delivery }) => `Levering ${delivery} is al teruggehaald.`,
  'delivery-not-reached': ({ delivery }) =>
    `Niet zeker is dat van levering ${delivery} nergens een kopie is. Verwijder haar bij het instituut en geef dan --attest.`,
  'receipt-invalid': () =>
    'Een ontvangstnummer heeft ten minste één cijfer en verder alleen letters, cijfers en streepjes.',
  'place-invalid': ({ platform }) => `Zo heet een plek bij dit doel niet. Geef ${PLACES_NL[platform]}.`,
  'target-unknown': ({ target }) => `Doel "${target}" staat niet in het schoolprofiel. Kijk met "portal list".`,
  'credentials-invalid': () => 'Zo meldt niemand zich bij dit doel aan. Kijk in docs/export.md wat het vraagt.',
  'credentials-missing': () => 'Je bent bij dit doel niet aangemeld. Doe dat eerst met "portal login".',
  'portal-refused': ({ reason }) => `Het lukte niet bij het doel: ${FAILED_NL[reason]}.`,
  'no-password': ({ delivery }) => `Levering ${delivery} heeft geen wachtwoord, of het is niet van jou.`,
};

export const deliveryErrorsEn: Sentences = {
  'export-refused': ({ reasons }) => withRules(REFUSED_EN, reasons),
  'export-place-refused': ({ reason }) =>
    `The clip cannot be put there: that is ${reason === 'in-vault' ? 'a folder of a vault' : ROOTS_EN[reason]}. Choose a folder on the school network.`,
  'export-failed': ({ reason, delivery }) =>
    `The clip was not handed in: ${FAILED_EN[reason]}. Give the same command again to go on (delivery ${delivery}).`,
  'export-list-missing': () => 'The list of deliveries does not exist. Check its name.',
  'export-list-invalid': ({ where }) => `The list of deliveries is wrong at "${where}". Nothing was handed in.`,
  'export-batch-failed': ({ failed, total }) => `Of ${total} deliveries ${failed} did not succeed; see above.`,
  'delivery-exists': ({ delivery }) =>
    `This clip was delivered to this target already (delivery ${delivery}). Take it back first if it has to be done again.`,
  'delivery-elsewhere': ({ delivery }) =>
    `Delivery ${delivery} of this clip was begun in another folder or under an earlier approval. Finish it there, or take it back with "export take-back".`,
  'delivery-busy': () => 'Something else is being delivered to this target. Wait until that is done.',
  'delivery-unknown': ({ delivery }) => `Delivery ${delivery} is not known. See "export list".`,
  'delivery-not-done': ({ delivery }) => `Delivery ${delivery} was not finished. Do that first.`,
  'delivery-taken-back': ({ delivery }) => `Delivery ${delivery} was taken back already.`,
  'delivery-not-reached': ({ delivery }) =>
    `It is not certain that no copy of delivery ${delivery} is left. Remove it at the institute, and then give --attest.`,
  'receipt-invalid': () => 'A receipt number has at least one digit, and otherwise only letters, digits and dashes.',
  'place-invalid': ({ platform }) => `That is no name of a place at this target. Give ${PLACES_EN[platform]}.`,
  'target-unknown': ({ target }) => `Target "${target}" is not in the school profile. See "portal list".`,
  'credentials-invalid': () => 'Nobody signs in to this target like that. See docs/export.md for what it asks.',
  'credentials-missing': () => 'You are not signed in to this target. Do that first with "portal login".',
  'portal-refused': ({ reason }) => `It did not work at the target: ${FAILED_EN[reason]}.`,
  'no-password': ({ delivery }) => `Delivery ${delivery} has no password, or it is not yours.`,
};
