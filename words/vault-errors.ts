import type { RootRefusal, VaultError } from '../core/vault/errors.ts';
import type { ProfileFlaw } from '../core/profile/state.ts';
import type { Act, Role } from '../core/vault/person.ts';
import { SHOWINGS_EN, SHOWINGS_NL } from './showing-errors.ts';

type Sentences = { [Code in VaultError['code']]: (error: Extract<VaultError, { code: Code }>) => string };

export const ROOTS_NL: Record<RootRefusal, string> = {
  desktop: 'het bureaublad',
  downloads: 'de map Downloads',
  documents: 'de map Documenten',
  removable: 'een uitneembare schijf of stick',
  'cloud-onedrive': 'een map van OneDrive',
  'cloud-dropbox': 'een map van Dropbox',
  'cloud-google-drive': 'een map van Google Drive',
  'cloud-icloud': 'een map van iCloud',
  'cloud-other': 'een map van een clouddienst',
  local: 'de schijf van dit toestel, en dat staat de school niet toe',
  temporary: 'een tijdelijke map',
};

export const ROOTS_EN: Record<RootRefusal, string> = {
  desktop: 'the desktop',
  downloads: 'the Downloads folder',
  documents: 'the Documents folder',
  removable: 'a removable disk or stick',
  'cloud-onedrive': 'a OneDrive folder',
  'cloud-dropbox': 'a Dropbox folder',
  'cloud-google-drive': 'a Google Drive folder',
  'cloud-icloud': 'an iCloud folder',
  'cloud-other': 'a folder of a cloud service',
  local: "this machine's own disk, which the school does not allow",
  temporary: 'a temporary folder',
};

export const ROLES_NL: Record<Role, string> = {
  trainee: 'docent in opleiding',
  'school-trainer': 'schoolopleider',
  'privacy-officer': 'privacy officer',
  administrator: 'beheerder',
  caretaker: 'wachter',
  worker: 'werker',
};

export const ROLES_EN: Record<Role, string> = {
  trainee: 'trainee',
  'school-trainer': 'school trainer',
  'privacy-officer': 'privacy officer',
  administrator: 'administrator',
  caretaker: 'caretaker',
  worker: 'worker',
};

const ACTS_NL: Record<Act, string> = {
  'add-person': 'mensen toevoegen',
  'sign-profile': 'het schoolprofiel ondertekenen',
  'confirm-profile': 'het schoolprofiel bevestigen',
  import: 'opnamen in de kluis zetten',
  work: 'opnamen zien of bewerken',
  'grant-access': 'toegang geven',
  hold: 'een incident-blokkade zetten of opheffen',
  wipe: 'wissen',
  'wipe-on-request': 'op verzoek wissen',
  assess: 'vastleggen dat er is beoordeeld',
  approve: 'een clip beoordelen',
  register: 'het register van bezwaren en toestemmingen inzien of bijhouden',
  reopen: 'dossiers heropenen',
  show: 'vertoningen vastleggen',
  export: 'clips inleveren',
  'take-back': 'ingeleverde clips terughalen',
  task: 'open taken bijhouden',
  attest: 'voor iets instaan',
  close: 'dossiers sluiten',
  requests: 'verzoeken behandelen',
  'close-incident': 'een datalek afsluiten',
  'make-segments': 'voor anderen delen van clips maken',
};

const ACTS_EN: Record<Act, string> = {
  'add-person': 'add people',
  'sign-profile': 'sign the school profile',
  'confirm-profile': 'confirm the school profile',
  import: 'put recordings into the vault',
  work: 'see or work on recordings',
  'grant-access': 'grant access',
  hold: 'set or lift an incident hold',
  wipe: 'wipe',
  'wipe-on-request': 'wipe on request',
  assess: 'note that an assessment took place',
  approve: 'judge a clip',
  register: 'see or keep the register of objections and consents',
  reopen: 'reopen dossiers',
  show: 'note who a clip was shown to',
  export: 'hand in clips',
  'take-back': 'take clips back that were handed in',
  task: 'keep open tasks',
  attest: 'vouch for anything',
  close: 'close dossiers',
  requests: 'deal with requests',
  'close-incident': 'close a data breach',
  'make-segments': 'make parts of clips for others',
};

const FLAWS_NL: Record<ProfileFlaw, string> = {
  missing: 'Deze kluis heeft geen ondertekend schoolprofiel',
  damaged: 'Het schoolprofiel van deze kluis is beschadigd',
  altered: 'Het schoolprofiel van deze kluis is na het ondertekenen veranderd',
  signer: 'Het schoolprofiel is niet ondertekend door een beheerder van deze kluis',
  replaced: 'Het schoolprofiel is niet het laatste dat volgens het logboek is ondertekend',
};

const FLAWS_EN: Record<ProfileFlaw, string> = {
  missing: 'This vault has no signed school profile',
  damaged: 'The school profile of this vault is damaged',
  altered: 'The school profile of this vault was changed after it was signed',
  signer: 'The school profile was not signed by an administrator of this vault',
  replaced: 'The school profile is not the one that was signed last, by the log',
};

export const vaultErrorsNl: Sentences = {
  'vault-missing': () => 'Hier is geen kluis. Controleer de map, of maak er een met "onherkenbaar vault init".',
  'vault-exists': () => 'Deze map is niet leeg. Kies voor een nieuwe kluis een lege map.',
  'vault-root-refused': ({ reason }) =>
    `Een kluis mag hier niet staan: dit is ${ROOTS_NL[reason]}. Kies een map op het netwerk van de school${reason === 'local' ? ', of geef --allow-local als de school een lokale kluis toestaat' : ''}.`,
  'vault-damaged': ({ item }) =>
    `De kluis is beschadigd (${item}). Vraag de ict-beheerder om die map van vóór de schade terug te zetten.`,
  'vault-item-missing': ({ item }) => `In dit dossier ontbreekt "${item}". Voer de stap uit die het maakt.`,
  'vault-item-damaged': ({ item, block }) =>
    `"${item}" in dit dossier is beschadigd of veranderd (blok ${block}) en wordt niet gebruikt. Zet de opname opnieuw in de kluis.`,
  'vault-busy': () => 'Iemand anders schrijft nu in de kluis. Probeer het over een minuut opnieuw.',
  'vault-read-only': () =>
    'In deze map mag niet worden geschreven. Vraag de ict-beheerder om schrijfrechten, of kies een andere map.',
  'passphrase-missing': () =>
    'Er is geen wachtzin gegeven. Typ haar in een terminal, of zet haar in ONHERKENBAAR_PASSPHRASE.',
  'passphrase-wrong': () => 'De wachtzin klopt niet. Probeer het opnieuw, of gebruik de herstelcode.',
  'passphrase-differs': () => 'De twee wachtzinnen zijn niet gelijk. Begin opnieuw.',
  'passphrase-weak': ({ least }) => `De wachtzin is te kort. Neem minstens ${least} tekens, bijvoorbeeld vier woorden.`,
  'person-unknown': ({ person }) => `"${person}" is in deze kluis niet bekend. Zie "onherkenbaar person list".`,
  'act-not-allowed': ({ act, role }) =>
    `Een ${ROLES_NL[role]} mag niet ${ACTS_NL[act]}. Vraag het iemand die dat wel mag.`,
  'access-denied': () => 'Je staat niet op de toegangslijst van dit dossier. Vraag toegang aan wie de opname maakte.',
  'access-last': () => 'Er moet iemand op de toegangslijst blijven. Geef eerst een ander toegang.',
  'dossier-unknown': ({ dossier }) => `Dossier ${dossier} is er niet. Zie "onherkenbaar case list".`,
  'dossier-busy': () => 'Iemand werkt nu aan dit dossier. Probeer het later opnieuw.',
  'dossier-wiped': () => 'Deze opname is gewist. De verklaring staat in de map "certificates" van de kluis.',
  'assessed-day': ({ from, to }) =>
    `Kies voor de beoordeling een dag van ${from} tot en met ${to}. Was het eerder, dan is de termijn voorbij: wis de opname.`,
  'dossier-on-hold': () =>
    'Op dit dossier rust een incident-blokkade; het wordt niet gewist. De privacy officer kan haar opheffen.',
  'showing-refused': ({ rules }) =>
    `Deze vertoning kan niet worden vastgelegd: ${rules.map((rule) => SHOWINGS_NL[rule]).join('; ')}.`,
  'import-differs': () =>
    'Wat in de kluis staat is niet gelijk aan de opname; het is weer verwijderd. Probeer het opnieuw of neem een andere kaartlezer.',
  'value-invalid': ({ field }) =>
    `De waarde van "${field}" kan niet worden bewaard. Geef een datum als jjjj-mm-dd, een naam of omschrijving van hoogstens 80 tekens, en een persoon of dossier met het nummer.`,
  'log-damaged': ({ line }) =>
    `Het logboek klopt niet meer vanaf regel ${line}. Verander niets en waarschuw de privacy officer.`,
  'profile-unsigned': ({ reason }) =>
    `${FLAWS_NL[reason]}; tot de beheerder er een ondertekent ("onherkenbaar profile sign") kan er alleen worden gelezen en gewist.`,
  'profile-expired': ({ revisionOn }) =>
    `Het schoolprofiel ${revisionOn === undefined ? 'heeft geen revisiedatum' : `moest op ${revisionOn} zijn herzien`}; tot de privacy officer het voor dit schooljaar bevestigt ("onherkenbaar profile confirm") kan er alleen worden gelezen en gewist.`,
  'profile-invalid': ({ field }) =>
    `Dit bestand is geen schoolprofiel dat klopt, bij "${field}". Begin met een voorbeeld uit "onherkenbaar profile examples".`,
  'profile-forged': () =>
    'Dit profiel is na het ondertekenen veranderd, of de handtekening is niet echt; vraag de afzender om een nieuw bestand.',
  'profile-signer-unknown': ({ fingerprint }) =>
    `Het kenmerk van de ondertekenaar is ${fingerprint}, en niet wat er is ingevuld. Vraag het na bij de afzender, langs een andere weg dan dit bestand.`,
  'profile-loosened': ({ field }) =>
    `Bij "${field}" staat de school meer toe dan de opleidingsschool; strenger mag, ruimer niet.`,
  'profile-vault-local': () =>
    'Dit profiel staat alleen kluizen op het schoolnetwerk toe, en deze kluis ligt op de schijf van dit toestel. Verplaats haar, of laat de school een lokale kluis toestaan.',
  'course-refused': ({ event, rule }) =>
    `Dit kan nu niet met dit dossier (${event}, regel ${rule}). Kijk in het overzicht wat de volgende stap is.`,
  'rules-unsigned': () =>
    'De gedragsregels voor dit schooljaar zijn nog niet ondertekend. Doe dat eerst, in het venster of met "onherkenbaar rules sign".',
  'profile-not-due': () => 'Dit schoolprofiel geldt nu al; er valt niets te bevestigen.',
};

export const vaultErrorsEn: Sentences = {
  'vault-missing': () => 'There is no vault here. Check the folder, or make one with "onherkenbaar vault init".',
  'vault-exists': () => 'This folder is not empty. Choose an empty one for a new vault.',
  'vault-root-refused': ({ reason }) =>
    `A vault may not be here: this is ${ROOTS_EN[reason]}. Choose a folder on the school's network${reason === 'local' ? ', or give --allow-local if the school allows a local vault' : ''}.`,
  'vault-damaged': ({ item }) =>
    `The vault is damaged (${item}). Ask the IT staff to restore that folder as it was before the damage.`,
  'vault-item-missing': ({ item }) => `"${item}" is missing in this dossier. Run the step that makes it.`,
  'vault-item-damaged': ({ item, block }) =>
    `"${item}" in this dossier is damaged or was changed (block ${block}) and is not used. Import the recording again.`,
  'vault-busy': () => 'Someone else is writing to the vault. Try again in a minute.',
  'vault-read-only': () =>
    'This folder may not be written to. Ask the IT staff for write access, or choose another one.',
  'passphrase-missing': () => 'No passphrase was given. Type it in a terminal, or set ONHERKENBAAR_PASSPHRASE.',
  'passphrase-wrong': () => 'The passphrase is wrong. Try again, or use the recovery code.',
  'passphrase-differs': () => 'The two passphrases are not the same. Start again.',
  'passphrase-weak': ({ least }) =>
    `The passphrase is too short. Use at least ${least} characters, four words for example.`,
  'person-unknown': ({ person }) => `"${person}" is not known in this vault. See "onherkenbaar person list".`,
  'act-not-allowed': ({ act, role }) => `A ${ROLES_EN[role]} may not ${ACTS_EN[act]}. Ask someone who may.`,
  'access-denied': () => 'You are not on the access list of this dossier. Ask whoever made the recording.',
  'access-last': () => 'Someone has to stay on the access list. Give someone else access first.',
  'dossier-unknown': ({ dossier }) => `There is no dossier ${dossier}. See "onherkenbaar case list".`,
  'dossier-busy': () => 'Someone is working on this dossier. Try again later.',
  'dossier-wiped': () => 'This recording was wiped. The certificate is in the folder "certificates" of the vault.',
  'assessed-day': ({ from, to }) =>
    `Choose a day from ${from} up to ${to} for the assessment. If it was earlier, its term is over: wipe the recording.`,
  'dossier-on-hold': () => 'An incident hold rests on this dossier; it is not wiped. The privacy officer can lift it.',
  'showing-refused': ({ rules }) =>
    `This showing can't be noted: ${rules.map((rule) => SHOWINGS_EN[rule]).join('; ')}.`,
  'import-differs': () =>
    'What is in the vault is not equal to the recording; it was removed again. Try again or use another card reader.',
  'value-invalid': ({ field }) =>
    `The value of "${field}" can't be kept. Give a date as yyyy-mm-dd, a name or label of at most 80 characters, and a person or dossier by number.`,
  'log-damaged': ({ line }) =>
    `The log is not right from line ${line} on. Change nothing and tell the privacy officer.`,
  'profile-unsigned': ({ reason }) =>
    `${FLAWS_EN[reason]}; until the administrator signs one ("onherkenbaar profile sign") you can only read the log and wipe.`,
  'profile-expired': ({ revisionOn }) =>
    `The school profile ${revisionOn === undefined ? 'has no revision date' : `was to be revised by ${revisionOn}`}; until the privacy officer confirms it for this school year ("onherkenbaar profile confirm") you can only read the log and wipe.`,
  'profile-invalid': ({ field }) =>
    `This file is no school profile that is right, at "${field}". Begin with one of "onherkenbaar profile examples".`,
  'profile-forged': () =>
    'This profile was changed after it was signed, or its signature is not genuine; ask the sender for a new file.',
  'profile-signer-unknown': ({ fingerprint }) =>
    `The fingerprint of its signer is ${fingerprint}, not the one you gave. Ask the sender, by another way than this file.`,
  'profile-loosened': ({ field }) =>
    `At "${field}" the school allows more than the partnership does; it may be stricter, not looser.`,
  'profile-vault-local': () =>
    "This profile allows vaults on the school's network only, and this vault lies on this machine's own disk. Move it, or have the school allow a local vault.",
  'course-refused': ({ event, rule }) =>
    `That can't be done with this dossier now (${event}, rule ${rule}). See the overview for the next step.`,
  'rules-unsigned': () =>
    'The rules of conduct are not signed for this school year. Do that first, in the window or with "onherkenbaar rules sign".',
  'profile-not-due': () => 'This school profile holds as it is; there is nothing to confirm.',
};
