import type { FindingKind } from '../verify/report.ts';
import type { FindingFate } from './findings.ts';
import type { PaperLanguage } from './paper.ts';

export interface HonestyWords {
  readonly title: string;
  readonly about: (dossier: string, moment: string) => string;
  readonly intro: string;
  readonly found: string;
  readonly recording: string;
  readonly faces: string;
  readonly facesValue: (mean: string, fullest: { minute: number; faces: number } | undefined) => string;
  readonly tracks: string;
  readonly tracksValue: (count: number, brief: number) => string;
  readonly shortest: string;
  readonly shortestValue: (length: string, place: string) => string;
  readonly none: string;
  readonly bridged: string;
  readonly bridgedValue: (count: number, length: string) => string;
  readonly many: string;
  readonly few: string;
  readonly threshold: (most: number) => string;
  readonly made: string;
  readonly clip: string;
  readonly noClip: string;
  readonly kept: string;
  readonly keptValue: (percent: string) => string;
  readonly cut: string;
  readonly cutValue: (count: number, length: string) => string;
  readonly nothingCut: string;
  readonly zones: string;
  readonly rounds: string;
  readonly roundsUnknown: string;
  readonly check: string;
  readonly checkNone: string;
  readonly checkClean: (frames: number) => string;
  readonly checkLeft: (count: number, failed: number) => string;
  /** Of a check whose clip is not there. */
  readonly earlierClip: string;
  readonly model: string;
  readonly modelUnknown: string;
  readonly checker: string;
  readonly findingHead: readonly [at: string, what: string, fate: string];
  readonly finding: Record<FindingKind, string>;
  readonly fate: Record<FindingFate, string>;
  readonly releasedBy: (name: string) => string;
  readonly more: (count: number) => string;
  readonly unseen: string;
  readonly unseenPoints: readonly string[];
}

const nl: HonestyWords = {
  title: 'Eerlijk over deze clip',
  about: (dossier, moment) => `Dossier ${dossier}, gemaakt op ${moment}`,
  intro:
    'De leerlingen in deze clip zijn onherkenbaar gemaakt. Dat is geen garantie: de software vindt niet elk gezicht. Hier staat wat er is gemeten, en wat de software niet kan weten.',
  found: 'Wat er is gevonden',
  recording: 'Opname',
  faces: 'Gezichten per minuut',
  facesValue: (mean, fullest) =>
    fullest ? `gemiddeld ${mean}; de meeste in minuut ${fullest.minute}: ${fullest.faces}` : 'geen',
  tracks: 'Sporen',
  tracksValue: (count, brief) =>
    `${count}, waarvan ${brief} korter dan 1,5 seconde; een spoor is een gezicht dat een tijd is gevolgd, niet een persoon`,
  shortest: 'Kortste sporen',
  shortestValue: (length, place) => `${length} (op ${place})`,
  none: 'geen',
  bridged: 'Overbrugd',
  bridgedValue: (count, length) =>
    `door een mens: ${count} gat(en), samen ${length}; gaten tot 3 s die de software zelf overbrugde, worden niet apart geteld`,
  many: 'Er zijn veel gezichten in beeld. Film de volgende keer van achter in de klas: wat niet in beeld komt, kan ook niet worden gemist (M1).',
  few: 'Dat is weinig genoeg om te passen bij filmen van achter in de klas (M1).',
  threshold: (most) =>
    `De grens is gemiddeld ${most} per minuut: wie lesgeeft en, in een klas van dertig, vijf leerlingen die zich in die minuut omdraaien. Dat is een vuistregel, niet gemeten.`,
  made: 'Wat ermee is gedaan',
  clip: 'Clip',
  noClip: 'er is geen clip die bij de laatste beslissingen hoort',
  kept: 'Blijft in beeld',
  keptValue: (percent) => `in ${percent} % van de clip blijft iemand herkenbaar, omdat een mens dat besliste`,
  cut: 'Geknipt',
  cutValue: (count, length) => `${count} stuk(ken), samen ${length}`,
  nothingCut: 'niets',
  zones: 'Getekende gebieden',
  rounds: 'Rondes',
  roundsUnknown: 'niet bewaard',
  check: 'Controle van de clip',
  checkNone: 'nog niet gedaan',
  checkClean: (frames) => `in ${frames} beelden is opnieuw gezocht; er is niets meer gevonden`,
  checkLeft: (count, failed) =>
    `${count} plek(ken) gevonden${failed > 0 ? `, en ${failed} eigenschap(pen) van het bestand klopten niet` : ''}`,
  earlierClip: '(van een clip die er niet meer is)',
  model: 'Zocht gezichten',
  modelUnknown: 'niet bewaard bij deze analyse',
  checker: 'Controleerde',
  findingHead: ['Op', 'Gevonden', 'Wat ermee is besloten'],
  finding: {
    'face-in-view': 'een gezicht in beeld',
    'readable-under-mask': 'nog te lezen onder het masker',
    'wrong-picture': 'een verkeerd beeld',
    'sound-not-silent': 'geluid waar stilte hoort',
    'speech-heard': 'spraak in wat stil hoort te zijn',
    'wrong-sound': 'ander geluid dan bewaard moest blijven',
  },
  fate: {
    released: 'toch vrijgegeven',
    withheld: 'niet vrijgegeven: deze clip is niet bewaard',
    'decided-since': 'daarna is iets anders besloten; er is nog geen nieuwe clip',
  },
  releasedBy: (name) => `In weerwil van deze bevindingen vrijgegeven door ${name}.`,
  more: (count) => `En nog ${count} plek(ken); ze staan alle in het controlerapport van het dossier.`,
  unseen: 'Wat deze software niet kan zien',
  unseenPoints: [
    'Stem: wie praat, is aan de stem te herkennen, en namen kunnen te horen zijn.',
    'Kleding, haar en houding: ook met een onherkenbaar gemaakt gezicht herkent een klasgenoot iemand.',
    'Manier van lopen en bewegen, en hulpmiddelen zoals een rolstoel.',
    'Naamkaartjes, namen op het bord, op schriften of op een scherm.',
    'Een bekende plaats in de klas: wie de klas en het uur kent, weet wie waar zit.',
    'Gezichten die het netwerk niet vond: van opzij, ver weg, onscherp, half achter iets.',
  ],
};

const en: HonestyWords = {
  title: 'Honest about this clip',
  about: (dossier, moment) => `Dossier ${dossier}, made on ${moment}`,
  intro:
    'The pupils in this clip were made unrecognisable. That is no guarantee: the software does not find every face. Here is what was measured, and what the software cannot know.',
  found: 'What was found',
  recording: 'Recording',
  faces: 'Faces per minute',
  facesValue: (mean, fullest) =>
    fullest ? `${mean} on average; most in minute ${fullest.minute}: ${fullest.faces}` : 'none',
  tracks: 'Tracks',
  tracksValue: (count, brief) =>
    `${count}, of which ${brief} shorter than 1.5 seconds; a track is a face that was followed for a while, not a person`,
  shortest: 'Shortest tracks',
  shortestValue: (length, place) => `${length} (at ${place})`,
  none: 'none',
  bridged: 'Bridged',
  bridgedValue: (count, length) =>
    `by a person: ${count} gap(s), ${length} in all; gaps of up to 3 s that the software bridged itself are not counted apart`,
  many: 'There are many faces in view. Film from the back of the class next time: what never comes into view cannot be missed (M1).',
  few: 'That is few enough to go with filming from the back of the class (M1).',
  threshold: (most) =>
    `The limit is ${most} a minute on average: whoever teaches and, in a class of thirty, five pupils who turn round in that minute. A rule of thumb, not measured.`,
  made: 'What was done with it',
  clip: 'Clip',
  noClip: 'there is no clip that belongs to the last decisions',
  kept: 'Stays in view',
  keptValue: (percent) => `in ${percent} % of the clip somebody stays recognisable, because a person decided so`,
  cut: 'Cut',
  cutValue: (count, length) => `${count} stretch(es), ${length} in all`,
  nothingCut: 'nothing',
  zones: 'Drawn areas',
  rounds: 'Rounds',
  roundsUnknown: 'not kept',
  check: 'Check of the clip',
  checkNone: 'not done yet',
  checkClean: (frames) => `${frames} pictures were searched again; nothing more was found`,
  checkLeft: (count, failed) =>
    `${count} place(s) found${failed > 0 ? `, and ${failed} property(ies) of the file were wrong` : ''}`,
  earlierClip: '(of a clip that is not there any more)',
  model: 'Looked for faces',
  modelUnknown: 'not kept with this analysis',
  checker: 'Checked',
  findingHead: ['At', 'Found', 'What was decided'],
  finding: {
    'face-in-view': 'a face in view',
    'readable-under-mask': 'still readable under the mask',
    'wrong-picture': 'a wrong picture',
    'sound-not-silent': 'sound where there must be silence',
    'speech-heard': 'speech in what must be silent',
    'wrong-sound': 'other sound than what was to be kept',
  },
  fate: {
    released: 'released all the same',
    withheld: 'not released: this clip was not kept',
    'decided-since': 'something else was decided since; there is no new clip yet',
  },
  releasedBy: (name) => `Released in spite of these findings by ${name}.`,
  more: (count) => `And ${count} more place(s); all of them are in the dossier's verification report.`,
  unseen: 'What this software cannot see',
  unseenPoints: [
    'Voice: whoever speaks can be known by it, and names may be heard.',
    'Clothes, hair and posture: a classmate knows somebody whose face was made unrecognisable.',
    'Gait and ways of moving, and aids such as a wheelchair.',
    'Name tags, names on the board, on exercise books or on a screen.',
    'A known seat: whoever knows the class and the hour knows who sits where.',
    'Faces that the network did not find: from the side, far away, blurred, half behind something.',
  ],
};

export function honestyWords(language: PaperLanguage): HonestyWords {
  return language === 'nl' ? nl : en;
}
