import { z } from 'zod';
import { Ground, Purpose } from '../dossier/kinds.ts';
import { GROUND_WORDS, PURPOSE_WORDS, longDay } from './letter-words.ts';

const text = (most: number) => z.string().trim().min(1).max(most);

/** What the letters say about a school; the fields of its profile that the wipe timer and the register use too (R3). */
export const LetterFields = z.strictObject({
  school: text(120),
  place: text(80),
  purposes: z.array(Purpose).min(1).max(2),
  ground: Ground,
  /** Days after the last assessment, and from the import at the latest (R4). */
  termDays: z.number().int().min(1).max(365),
  capDays: z.number().int().min(1).max(365),
  /** Who may see recordings, such as "de docent zelf" (I1, I2). */
  access: z.array(text(120)).min(1).max(12),
  /** Institutes that an unrecognisable clip may go to; named, also when it is no personal data to them. */
  recipients: z.array(text(120)).max(12),
  /** Whether a pupil is in view unless somebody objects, or only when consent was given (P13). */
  regime: z.enum(['objection', 'consent']),
  /** Last day to let the school know: an objection, or consent. */
  objectionDeadline: z.iso.date(),
  contact: z.strictObject({ name: text(80), role: text(80), mail: z.email().max(120) }),
  /** Where a complaint can be filed (B8). */
  complaint: text(300),
  signedOn: z.iso.date(),
  /** What a pupil is called: kind in primary, leerling in secondary education. */
  pupil: z.enum(['leerling', 'kind']),
});
export type LetterFields = z.infer<typeof LetterFields>;

export const LetterKind = z.enum(['parents', 'class', 'door']);
export type LetterKind = z.infer<typeof LetterKind>;

export interface Paragraph {
  readonly heading?: string;
  readonly text: string;
  readonly points?: readonly string[];
  /** Shown clearly and apart from the rest: the right to object (AVG art. 21(4)). */
  readonly apart?: true;
}

/** On paper; the same fields give the same words, so that a hash of them names the version (I2). */
export interface Printable {
  /** How large it is set: a sign is read from a distance, a form has much to say. */
  readonly kind: LetterKind | 'answer' | 'form';
  readonly language: 'nl';
  readonly title: string;
  readonly paragraphs: readonly Paragraph[];
}

export interface Letter extends Printable {
  readonly kind: LetterKind;
}

export function letterOf(kind: LetterKind, fields: LetterFields): Letter {
  const { title, paragraphs } = MAKERS[kind](fields);
  return { kind, language: 'nl', title, paragraphs };
}

type Maker = (fields: LetterFields) => Pick<Letter, 'title' | 'paragraphs'>;

const term = ({ termDays, capDays }: LetterFields) =>
  `tot uiterlijk ${termDays} dagen na de beoordeling, en nooit langer dan ${capDays} dagen na de opname in de kluis`;

function purposesOf({ purposes }: LetterFields): string[] {
  return purposes.map((purpose) => PURPOSE_WORDS[purpose]);
}

function sharing({ recipients, pupil }: LetterFields): string {
  const plural = pupil === 'kind' ? 'kinderen' : 'leerlingen';
  if (recipients.length === 0) return 'De opnames verlaten de school niet.';
  return `Een fragment gaat alleen naar ${listOf(recipients)} als alle ${plural} daarin onherkenbaar zijn gemaakt en een schoolopleider van de school het heeft bekeken en goedgekeurd. De opname zelf verlaat de school niet.`;
}

function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} en ${words.at(-1)}`;
}

const asksFirst = ({ regime }: LetterFields) => regime === 'consent';

/** What parents can do, shown clearly and apart from the rest: give consent (art. 7), or object (art. 21(4)). */
function parentsSay(fields: LetterFields): Paragraph {
  const { objectionDeadline, contact, pupil } = fields;
  const child = pupil === 'kind' ? 'uw kind' : 'uw zoon of dochter';
  const mayDecide = `Is ${child} 16 jaar of ouder, dan beslist ${pupil === 'kind' ? 'het kind' : 'de leerling'} zelf.`;
  const where = `vóór of op ${longDay(objectionDeadline)}: ${contact.name}, ${contact.role}, ${contact.mail}.`;
  if (!asksFirst(fields))
    return {
      heading: 'Bezwaar maken',
      text: `U kunt bezwaar maken tegen het filmen van ${child}, zonder een reden te geven. ${mayDecide} Laat het ons weten ${where} Ook na die dag, en ook als er al is gefilmd, telt uw bezwaar. De school overlegt met u over een oplossing.`,
    };
  return {
    heading: 'Uw toestemming',
    text: `Wij filmen ${child} alleen als u daar toestemming voor geeft. ${mayDecide} Geeft u toestemming, laat het ons dan weten ${where} Horen wij niets, dan komt ${child} niet in beeld; dat heeft geen gevolgen. Toestemming kunt u altijd weer intrekken, zonder een reden te geven en ook als er al is gefilmd. De school overlegt dan met u over wat er met de opname gebeurt.`,
  };
}

/** To parents, in the formal form of address (I2, R3, B2, B8). */
const toParents: Maker = (fields) => {
  const { school, place, ground, access, contact, complaint, signedOn } = fields;
  return {
    title: 'Video-opnames in de les',
    paragraphs: [
      { text: `${place}, ${longDay(signedOn)}` },
      { text: 'Beste ouder(s), verzorger(s),' },
      {
        heading: 'Wat er gebeurt',
        text: `Op ${school} worden in de komende tijd tijdens lessen video-opnames gemaakt van het lesgeven van een docent of docent in opleiding. De docent staat in beeld, niet de klas. Er wordt zo veel mogelijk van achter in de klas gefilmd.`,
      },
      { heading: 'Waarvoor', text: 'De opnames worden alleen gebruikt voor:', points: purposesOf(fields) },
      { heading: 'Op welke grond', text: GROUND_WORDS[ground] },
      {
        heading: 'Hoe de opnames worden bewaard',
        text: `Versleuteld, in een kluis op het netwerk van de school, ${term(fields)}. Daarna worden ze gewist en wordt daarvan een verklaring gemaakt.`,
      },
      { heading: 'Wie ze kan zien', text: 'Alleen:', points: access },
      { heading: 'Wie ze krijgt', text: sharing(fields) },
      { ...parentsSay(fields), apart: true },
      {
        heading: 'Uw andere rechten',
        text: `U kunt vragen om inzage, verwijdering of beperking${asksFirst(fields) || ground === 'consent' ? ', en uw toestemming altijd intrekken' : ''}. Neem daarvoor contact op met ${contact.name} (${contact.mail}); u krijgt binnen een maand antwoord.`,
      },
      {
        heading: 'Een klacht',
        text: `${complaint} U kunt ook een klacht indienen bij de Autoriteit Persoonsgegevens.`,
      },
      { text: 'Met vriendelijke groet,' },
      { text: `${contact.name}\n${contact.role}, ${school}` },
    ],
  };
};

/** To the class, before the lesson: why, who may watch, how long it is kept (I1). */
const toClass: Maker = (fields) => {
  const { access, contact, complaint } = fields;
  return {
    title: 'In deze les wordt gefilmd',
    paragraphs: [
      {
        heading: 'Waarom',
        text: 'De docent wil kijken hoe de les gaat. De opname is voor:',
        points: purposesOf(fields),
      },
      { heading: 'Wie kijkt', text: 'Alleen:', points: access },
      { heading: 'Hoe lang', text: `De opname wordt bewaard ${term(fields)}. Daarna wordt ze gewist.` },
      {
        heading: 'Jij',
        text: `Het gaat om de docent, niet om jou. ${sharing(fields)} Zelf filmen of foto's maken mag niet.`,
      },
      {
        heading: 'Wil je niet in beeld?',
        apart: true,
        text: `${asksFirst(fields) ? 'Je komt alleen in beeld als daar toestemming voor is: van je ouders, of van jou als je 16 of ouder bent. ' : ''}Zeg het tegen je docent, of tegen ${contact.name} (${contact.mail}). Dat mag altijd, ook tijdens of na de les, en je hoeft niet te zeggen waarom. Samen zoeken jullie een oplossing. Ben je jonger dan 16, dan mogen je ouders het ook zeggen.`,
      },
      { heading: 'Niet tevreden?', text: complaint },
    ],
  };
};

/** At the door (I13). */
const atDoor: Maker = (fields) => ({
  title: 'In deze les wordt gefilmd',
  paragraphs: [
    { heading: 'Waarvoor', text: purposesOf(fields).join('; ') },
    { heading: 'Bewaard', text: term(fields) },
    {
      heading: asksFirst(fields) ? 'Vragen, of niet in beeld' : 'Vragen of bezwaar',
      apart: true,
      text: `${fields.contact.name}, ${fields.contact.mail}`,
    },
    { text: fields.school },
  ],
});

const MAKERS: Record<LetterKind, Maker> = { parents: toParents, class: toClass, door: atDoor };
