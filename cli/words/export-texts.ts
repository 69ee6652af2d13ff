import type { DeliveryState } from '../../core/delivery/journal.ts';
import type { Language } from '../../words/errors.ts';

export interface ExportTexts {
  readonly stage: Record<'send' | 'check', string>;
  readonly progress: (stage: string, done: string, total: string, speed: string, left: string) => string;
  readonly waiting: (why: string, seconds: number) => string;
  readonly mayLeave: (dossier: string, target: string) => string;
  readonly mayNot: (dossier: string, why: string) => string;
  readonly already: (dossier: string, target: string, delivery: string) => string;
  readonly heldBack: (dossier: string) => string;
  readonly exported: (dossier: string, delivery: string, folder: string, name: string) => string;
  readonly arrived: (dossier: string, target: string, delivery: string) => string;
  readonly thenPassword: (delivery: string) => string;
  readonly byHand: (target: string, address: string) => string;
  readonly page: (page: string) => string;
  readonly noPage: string;
  readonly thenReceipt: (delivery: string) => string;
  readonly none: string;
  readonly line: (delivery: string, day: string, target: string, state: string, dossier: string) => string;
  readonly states: Record<DeliveryState['state'] | 'taken-back', string>;
  readonly handedIn: (on: string, number: string) => string;
  readonly noted: string;
  readonly takenBack: string;
  readonly attested: string;
}

const nl: ExportTexts = {
  stage: { send: 'Neerleggen', check: 'Teruglezen en vergelijken' },
  progress: (stage, done, total, speed, left) => `${stage} · ${done} van ${total} · ${speed}/s · nog ${left}`,
  waiting: (why, seconds) => `Het lukte nog niet: ${why}. Over ${seconds} s wordt het opnieuw geprobeerd.`,
  mayLeave: (dossier, target) => `Dossier ${dossier}: de clip mag naar ${target}.`,
  mayNot: (dossier, why) => `Dossier ${dossier}: ${why}`,
  already: (dossier, target, delivery) => `Dossier ${dossier}: al ingeleverd bij ${target} (levering ${delivery}).`,
  heldBack: (dossier) => `Dossier ${dossier}: niet ingeleverd, omdat niet alles in de lijst weg mag.`,
  exported: (dossier, delivery, folder, name) =>
    `De clip van dossier ${dossier} ligt in ${folder}, in de map ${delivery}, als ${name}.`,
  arrived: (dossier, target, delivery) =>
    `De clip van dossier ${dossier} is ingeleverd bij ${target} en teruggelezen (levering ${delivery}).`,
  thenPassword: (delivery) =>
    `De ontvanger heeft een wachtwoord nodig, langs een andere weg dan de mail: onherkenbaar portal password ${delivery}`,
  byHand: (target, address) => `Lever haar zelf in bij ${target}: ${address}`,
  page: (page) => `Zo wil het instituut het: ${page}`,
  noPage: 'Het schoolprofiel noemt geen bladzijde met regels van dit instituut. Vraag ernaar.',
  thenReceipt: (delivery) => `Leg daarna het ontvangstnummer vast: onherkenbaar export receipt ${delivery} NUMMER`,
  none: 'Er is nog niets ingeleverd.',
  line: (delivery, day, target, state, dossier) => `${delivery}  ${day}  ${target}  ${state}  dossier ${dossier}`,
  states: {
    waiting: 'nog niet begonnen',
    busy: 'niet afgemaakt',
    paused: 'onderbroken',
    delivered: 'nog te controleren',
    checked: 'gecontroleerd',
    done: 'afgerond',
    failed: 'MISLUKT',
    'taken-back': 'teruggehaald',
  },
  handedIn: (on, number) => `  ingeleverd op ${on}, ontvangstnummer ${number}`,
  noted: 'Het ontvangstnummer is vastgelegd.',
  takenBack: 'De clip is verwijderd waar ze lag.',
  attested: 'Vastgelegd dat er volgens jou nergens meer een kopie is.',
};

const en: ExportTexts = {
  stage: { send: 'Laying down', check: 'Reading back and comparing' },
  progress: (stage, done, total, speed, left) => `${stage} · ${done} of ${total} · ${speed}/s · ${left} left`,
  waiting: (why, seconds) => `No success yet: ${why}. Trying again in ${seconds} s.`,
  mayLeave: (dossier, target) => `Dossier ${dossier}: the clip may go to ${target}.`,
  mayNot: (dossier, why) => `Dossier ${dossier}: ${why}`,
  already: (dossier, target, delivery) => `Dossier ${dossier}: delivered to ${target} already (delivery ${delivery}).`,
  heldBack: (dossier) => `Dossier ${dossier}: not delivered, because not all in the list may leave.`,
  exported: (dossier, delivery, folder, name) =>
    `The clip of dossier ${dossier} lies in ${folder}, in its folder ${delivery}, as ${name}.`,
  arrived: (dossier, target, delivery) =>
    `The clip of dossier ${dossier} was handed in at ${target} and read back (delivery ${delivery}).`,
  thenPassword: (delivery) =>
    `The receiver needs a password, by another way than the mail: onherkenbaar portal password ${delivery}`,
  byHand: (target, address) => `Hand it in yourself at ${target}: ${address}`,
  page: (page) => `How the institute wants it: ${page}`,
  noPage: "The school profile names no page with this institute's rules. Ask for them.",
  thenReceipt: (delivery) => `Then note the receipt number: onherkenbaar export receipt ${delivery} NUMBER`,
  none: 'Nothing was delivered yet.',
  line: (delivery, day, target, state, dossier) => `${delivery}  ${day}  ${target}  ${state}  dossier ${dossier}`,
  states: {
    waiting: 'not begun yet',
    busy: 'not finished',
    paused: 'interrupted',
    delivered: 'to be checked',
    checked: 'checked',
    done: 'done',
    failed: 'FAILED',
    'taken-back': 'taken back',
  },
  handedIn: (on, number) => `  handed in on ${on}, receipt number ${number}`,
  noted: 'The receipt number was noted.',
  takenBack: 'The clip was removed where it lay.',
  attested: 'Noted that, on your word, no copy is left anywhere.',
};

export function exportTexts(language: Language): ExportTexts {
  return language === 'nl' ? nl : en;
}
