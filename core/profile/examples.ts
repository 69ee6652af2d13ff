import { addMonths } from '../retention/terms.ts';
import { LONGEST_AFTER_IMPORT, STRICTEST_TERMS } from '../retention/policy.ts';
import type { SchoolProfile } from './profile.ts';

const NOBODY = { name: '', mail: '' } as const;

/** What stands where nothing was decided (R9): for a new vault, and under each example. */
export const STRICTEST: SchoolProfile = {
  version: 1,
  school: '',
  board: '',
  manager: NOBODY,
  privacyOfficer: NOBODY,
  complaints: '',
  purposes: [{ purpose: 'lesson-quality', ground: 'consent' }],
  proofOnly: 'deny',
  sharing: 'never',
  regime: { pupils: 'consent', refresh: 'yearly' },
  resolutions: ['out-of-view'],
  terms: STRICTEST_TERMS,
  vaults: { place: 'network' },
  portals: [],
  sound: 'off',
  supervisedLook: false,
  coverage: 'every-second',
  advisers: [],
  notStated: ['grounds', 'sharing', 'regime', 'resolutions', 'terms', 'coverage'],
};

/**
 * The profile that a vault is made with: the strictest, for a year, in the name of its administrator.
 * @param today `YYYY-MM-DD` @param local the administrator lets it lie on the machine's own disk (S1)
 */
export function profileOfNewVault(manager: string, today: string, local: boolean): SchoolProfile {
  return {
    ...STRICTEST,
    manager: { name: manager, mail: '' },
    ...(local ? { vaults: { place: 'local', daysAfterImport: LONGEST_AFTER_IMPORT } } : {}),
    adoptedOn: today,
    revisionOn: addMonths(today, 12),
  };
}

/** Seed 000: letter of Plein Joure, October 2021. Terms and storage are in an annex that we do not have (R3). */
const PLEIN_JOURE: SchoolProfile = {
  ...STRICTEST,
  school: 'Plein Joure',
  // B2, V2: "een mail … bij de Privacy Officer van de school".
  privacyOfficer: { name: 'Martine Louwerse', mail: 'info@pleinjoure.nl' },
  purposes: [
    // P2, P10: "intern gebruikt om inzicht te krijgen in de leskwaliteit", "op grond van de wettelijke taak".
    { purpose: 'lesson-quality', ground: 'statutory-task' },
    // P3: "'bewijsmateriaal' … ook bedoeld voor extern gebruik"; the letter names a ground for internal use only.
    { purpose: 'teacher-training', ground: 'statutory-task' },
  ],
  // P3: 'bewijsmateriaal' without more.
  proofOnly: 'allow',
  // M3, M4: after a schoolopleider looked, "de dan anonieme beelden mogen met derden gedeeld worden".
  sharing: 'to-institute',
  // B1: "het recht bezwaar te maken"; how long that counts is not said.
  regime: { pupils: 'objection', refresh: 'yearly' },
  // B3, B4: any solution that serves both, "gedacht kan worden aan … een cameraopstelling"; M2: not recognisable.
  resolutions: ['out-of-view', 'cut', 'masked'],
  adoptedOn: '2021-10-01',
  notStated: ['grounds', 'regime', 'terms', 'vaults', 'sound', 'supervisedLook', 'revisionOn'],
};

/** Seed 001: Bijsluiter Privacy of Jenaplein, item 6 "Interne trainingsdoeleinden"; not dated. */
const JENAPLEIN: SchoolProfile = {
  ...STRICTEST,
  school: 'Jenaplein',
  // V2: "een datalek vermoedt, dan kunt u terecht bij Merel".
  privacyOfficer: { name: 'Merel', mail: 'merel@jenaplein.nl' },
  purposes: [
    // I6, I7: consent in Parro, by purpose; this is the item of internal training.
    { purpose: 'lesson-quality', ground: 'consent' },
    // P16: "medewerkers houden een portfolio bij voor een opleiding".
    { purpose: 'teacher-training', ground: 'consent' },
  ],
  // P16: "wordt niet gedeeld met derden".
  sharing: 'never',
  // I6: "altijd inzien en wijzigen in Parro".
  regime: { pupils: 'consent', refresh: 'on-change' },
  // R4: "alles wordt na gebruik vernietigd".
  terms: STRICTEST_TERMS,
  notStated: ['proofOnly', 'resolutions', 'vaults', 'sound', 'supervisedLook', 'coverage', 'revisionOn'],
};

/** Seed 002: Handleiding of Trinitas College; not dated. Its "opleidingsschool" is the institute (P11). */
const TRINITAS: SchoolProfile = {
  ...STRICTEST,
  school: 'Trinitas College',
  purposes: [
    // P11: "De grondslag is gerechtvaardigd belang: … om de docent te coachen of de lessen te verbeteren".
    { purpose: 'lesson-quality', ground: 'legitimate-interest' },
    { purpose: 'teacher-training', ground: 'legitimate-interest' },
  ],
  // P5: "alleen dient als 'bewijslast' in een portfolio … niet toegestaan".
  proofOnly: 'deny',
  // S4, f: not shared "behalve … door het uploaden van beelden in de schoolomgeving".
  sharing: 'to-institute',
  // "een leerling/ouder/verzorger kan bezwaar maken"; how long that counts is not said.
  regime: { pupils: 'objection', refresh: 'yearly' },
  // B5, B6: "buiten het zicht te plaatsen", "te knippen uit de opname".
  resolutions: ['out-of-view', 'cut'],
  // R1, e: "Na de beoordeling of evaluatie moeten de opnames worden verwijderd".
  terms: STRICTEST_TERMS,
  // S1, d: "op het beveiligde schoolnetwerk en dus niet op bijvoorbeeld het bureaublad".
  vaults: { place: 'network' },
  // S3, d: "Elke opleidingsschool (HvA, UVA, VU) heeft zijn eigen werkwijze"; hosts from domain §3.1.
  portals: [
    {
      id: 'hva',
      name: 'Hogeschool van Amsterdam',
      platform: 'brightspace',
      host: 'dlo.mijnhva.nl',
      rulesPage:
        'https://www.hva.nl/werkplekleren/gedeelde-content/nieuws/nieuws/2019/07/beeldopnames-in-de-school-dit-zijn-de-spelregels.html',
      loginProtected: true,
    },
    {
      id: 'uva',
      name: 'Universiteit van Amsterdam',
      platform: 'canvas',
      host: 'canvas.uva.nl',
      rulesPage: '',
      loginProtected: true,
    },
    {
      id: 'vu',
      name: 'Vrije Universiteit',
      platform: 'canvas',
      host: 'canvas.vu.nl',
      rulesPage: '',
      loginProtected: true,
    },
  ],
  // V4, source 3: discussed with them, and advised to the whole group.
  advisers: ['Functionarissen voor de Gegevensbescherming binnen de TOP-groep'],
  notStated: ['regime', 'sound', 'supervisedLook', 'coverage', 'revisionOn'],
};

/** Seed 003: AVG page of Wonderwijs; not dated. */
const WONDERWIJS: SchoolProfile = {
  ...STRICTEST,
  school: 'Wonderwijs',
  // P13, P14: "geschiedt altijd op basis van toestemming"; "om het lesgeven van de groepsleerkracht te verbeteren".
  purposes: [{ purpose: 'lesson-quality', ground: 'consent' }],
  // P14: "worden niet buiten school gebruikt".
  sharing: 'never',
  // I5: "in ieder geval eens per schooljaar bij ouders getoetst".
  regime: { pupils: 'consent', refresh: 'yearly' },
  // P13: without consent there is no recording of that child.
  resolutions: ['out-of-view'],
  notStated: ['proofOnly', 'terms', 'vaults', 'sound', 'supervisedLook', 'coverage', 'revisionOn'],
};

/** Seed 004: Protocol streaming en gebruik van camera- en videobeelden, OVO Zaanstad, chapter 2 first of all. */
const OVO_ZAANSTAD: SchoolProfile = {
  ...STRICTEST,
  // S8, §2.2.1: "onder verantwoordelijkheid van het College van Bestuur en de schooldirecties".
  board: 'Stichting OVO Zaanstad, College van Bestuur',
  // §2.1.2: coaching (a) and testing (b). I3, §2.3: consent of staff, pupils informed. It names no ground for pupils;
  // that they may object (§2.4.3) goes with this one.
  purposes: [
    { purpose: 'lesson-quality', ground: 'legitimate-interest' },
    { purpose: 'teacher-training', ground: 'legitimate-interest' },
  ],
  // P7, §2.1.2b: "bewijsmateriaal van het beheersen van een competentie".
  proofOnly: 'allow',
  // P7: of the two kinds only (b) is made for others than those who were filmed.
  sharing: 'assessment-only',
  regime: { pupils: 'objection', refresh: 'yearly' },
  // B5, §2.4.3: "een dusdanige plek krijgt in de klas dat hij/zij niet herkenbaar in beeld komt".
  resolutions: ['out-of-view'],
  terms: {
    // R9: the chapter on coaching gives no term.
    lesson: STRICTEST_TERMS.lesson,
    // R6, §3.4.5: "binnen 10 maanden nadat deze is gemaakt"; that hard cap holds from the recording on.
    'online-lesson': { daysAfterAssessment: 14, daysAfterImport: 306 },
    // R7, §4.4.6: "binnen twee weken nadat deze is gemaakt"; the same.
    livestream: STRICTEST_TERMS.livestream,
  },
  // S7, §1.2.3: "kan in haar aanwezigheid de beelden aan een medewerker tonen".
  supervisedLook: true,
  // V3: the head of the protocol; its revision date is long past.
  adoptedOn: '2021-02-09',
  revisionOn: '2023-03-01',
  advisers: ['AMO (advies, 14 januari 2021)', 'GMR (instemming, 1 februari 2021)'],
  notStated: ['grounds', 'regime', 'terms', 'vaults', 'sound', 'coverage'],
};

/** What five schools wrote themselves, to begin from. Nobody of them was asked. */
export const EXAMPLES = {
  'plein-joure': PLEIN_JOURE,
  jenaplein: JENAPLEIN,
  trinitas: TRINITAS,
  wonderwijs: WONDERWIJS,
  'ovo-zaanstad': OVO_ZAANSTAD,
} as const;
export type ExampleName = keyof typeof EXAMPLES;
