import type { PaperLanguage } from './paper.ts';

export interface DpiaWords {
  readonly title: string;
  readonly about: (school: string, moment: string) => string;
  readonly intro: string;
  readonly what: string;
  readonly why: string;
  readonly choices: string;
  readonly flow: string;
  readonly flowHead: readonly string[];
  readonly flowRows: (vault: string, places: string) => readonly (readonly [string, string, string])[];
  readonly measures: string;
  readonly risks: string;
  readonly riskHead: readonly string[];
  readonly riskRows: readonly (readonly [risk: string, measure: string, left: string])[];
  readonly soundLeft: string;
  readonly figures: string;
  readonly figuresText: string;
  readonly open: string;
  readonly openGaps: (gaps: string) => string;
  readonly openPoints: readonly string[];
  readonly nothingLeaves: string;
}

const nl: DpiaWords = {
  title: 'Bouwsteen voor een DPIA (art. 35 AVG): lesopnames',
  about: (school, moment) => `${school}, gemaakt op ${moment}`,
  intro:
    'Dit is een bouwsteen, geen DPIA. Ze beschrijft wat de software doet en wat het ondertekende schoolprofiel regelt. De afweging, het advies van de FG en het besluit zijn van de school.',
  what: 'De verwerking',
  why: 'Doel en grondslag',
  choices: 'Keuzes van de school',
  flow: 'Gegevensstroom',
  flowHead: ['Stap', 'Waar', 'Bescherming'],
  flowRows: (vault, places) => [
    ['Vragen vooraf', 'toestel', 'zonder doel, grondslag, noodzaak en ingelichte leerlingen komt er niets in de kluis'],
    ['Opname overnemen', vault, 'versleuteld op weg naar de schijf; eigen sleutel per opname; bron kan worden gewist'],
    ['Gezichten zoeken en volgen', 'toestel', 'alleen plaats en beweging; geen herkenning, geen vergelijking'],
    ['Beslissen en clip maken', 'toestel, kluis', 'niet beslist is verborgen; wat verbergt is niet terug te draaien'],
    [
      'Controleren',
      'toestel',
      'de clip zelf wordt opnieuw geopend en doorzocht; wat niet klopt, wordt niet vrijgegeven',
    ],
    ['Beoordelen', 'toestel', 'tweede persoon, elke seconde, handtekening over precies deze bytes'],
    ['Inleveren', places, 'alleen goedgekeurde clips, alleen bij een doel uit het ondertekende profiel'],
    ['Wissen', vault, 'sleutel vernietigd na de termijn; verklaring; open taken voor kopieën elders'],
  ],
  measures: 'Maatregelen',
  risks: "Risico's die blijven",
  riskHead: ['Risico', 'Maatregel', 'Wat blijft'],
  riskRows: [
    [
      'Een gezicht wordt niet gevonden',
      'meerdere keren kijken, vooruit en terug volgen, opnieuw zoeken in de clip, mens bekijkt alles',
      'kleine, onscherpe, gekantelde en half verborgen gezichten worden soms gemist; een mens kan er ook overheen kijken',
    ],
    [
      'Herkend aan iets anders dan het gezicht',
      'gebieden tekenen, hele lichaam verbergen, knippen; vragen aan de beoordelaar',
      'kleding, haar, houding, manier van lopen, een bekende plaats in de klas blijven te zien',
    ],
    [
      'Herkend aan stem of naam',
      'geluid staat standaard uit; vraag aan de beoordelaar',
      'als er geluid in de clip blijft, is wie praat te herkennen',
    ],
    [
      'Vertrouwelijk gesprek in beeld of te horen',
      'vraag aan de beoordelaar; knippen of wissen',
      'wie de opname zelf mag bekijken, ziet en hoort het eerst',
    ],
    [
      'Iemand met toegang maakt buiten de software om een kopie',
      'toegang per dossier, logboek, geheimhouding',
      'een scherm kan worden gefilmd; de software kan dat niet zien',
    ],
    [
      'Kopieën op kaart, telefoon of in back-ups',
      'bron wissen, open taken met eigenaar en datum',
      'wat de software niet kan bereiken, kan ze niet wissen; op veel opslag is overschrijven niet betrouwbaar',
    ],
    [
      'De clip blijft bij het instituut',
      'alleen een onherkenbaar gemaakte clip; open taak tot ze is weggehaald',
      'instituten kunnen ingeleverd werk jaren moeten bewaren',
    ],
  ],
  soundLeft:
    'Het schoolprofiel laat toe dat geluid in de clip blijft. Dat maakt het risico van herkennen aan de stem groter.',
  figures: 'Cijfers',
  figuresText:
    'Hier staan geen cijfers: hoeveel er wordt gemist, hangt af van camera, afstand, licht en klas. Het document docs/accuracy.md bij de software zegt wat er is gemeten, op welke beelden en hoe dat is na te doen; daarin worden gezichten gemist. Het eerlijkheidsrapport van elk dossier zegt wat er in die ene clip is gemeten.',
  open: 'Open punten voor de school',
  openGaps: (gaps) => `Vul het schoolprofiel aan (R9): ${gaps}.`,
  openPoints: [
    'Beslis of een volledige DPIA nodig is: het gaat om minderjarigen, om video en om een nieuwe techniek.',
    'Vraag de FG om advies en leg dat vast.',
    'Leg de belangenafweging of de toestemming vast die bij de grondslag hoort.',
    'Vraag elk instituut hoe lang en waar het een ingeleverde clip bewaart, en of school en instituut samen verantwoordelijk zijn (art. 26).',
    'Vraag de ict-beheerder of de opslag van de kluis back-ups of momentopnamen heeft, en hoe lang.',
    'Stel de bewaartermijn van het logboek vast.',
    'Ga na dat het netwerk dat gezichten zoekt, een licentie heeft die gebruik op school toelaat.',
    'Spreek af wie controleert dat kaarten en telefoons worden geleegd.',
  ],
  nothingLeaves: 'nergens: niets verlaat de school',
};

const en: DpiaWords = {
  title: 'Building block for a DPIA (GDPR art. 35): lesson recordings',
  about: (school, moment) => `${school}, made on ${moment}`,
  intro:
    "This is a building block, not a DPIA. It describes what the software does and what the signed school profile settles. The weighing, the DPO's advice and the decision are the school's.",
  what: 'The processing',
  why: 'Purpose and legal ground',
  choices: "The school's choices",
  flow: 'Data flow',
  flowHead: ['Step', 'Where', 'Protection'],
  flowRows: (vault, places) => [
    ['Questions beforehand', 'machine', 'without purpose, ground, need and pupils told, nothing comes into the vault'],
    ['Taking the recording in', vault, 'encrypted on its way to the disk; a key each; the source can be wiped'],
    ['Finding and following faces', 'machine', 'place and motion alone; no recognition, no comparing'],
    ['Deciding and making the clip', 'machine, vault', 'undecided is hidden; what hides cannot be undone'],
    ['Checking', 'machine', 'the clip itself is opened and searched again; what is not right is not released'],
    ['Judging', 'machine', 'a second person, every second, a signature over these very bytes'],
    ['Handing in', places, 'only approved clips, only to a target of the signed profile'],
    ['Wiping', vault, 'key destroyed after the term; certificate; open tasks for copies elsewhere'],
  ],
  measures: 'Measures',
  risks: 'Risks that stay',
  riskHead: ['Risk', 'Measure', 'What is left'],
  riskRows: [
    [
      'A face is not found',
      'looking several times, following both ways, searching the clip again, a person watches all of it',
      'small, blurred, tilted and half hidden faces are sometimes missed; a person can overlook them too',
    ],
    [
      'Recognised by something other than the face',
      'drawing areas, hiding the whole body, cutting; questions to the reviewer',
      'clothes, hair, posture, gait and a known seat in the class stay in view',
    ],
    [
      'Recognised by voice or name',
      'sound is off by default; a question to the reviewer',
      'where sound stays in the clip, whoever speaks can be recognised',
    ],
    [
      'A confidential talk seen or heard',
      'a question to the reviewer; cutting or wiping',
      'whoever may watch the recording itself sees and hears it first',
    ],
    [
      'Somebody with access copies it outside the software',
      'access by dossier, log, secrecy',
      'a screen can be filmed; the software cannot see that',
    ],
    [
      'Copies on card, phone or in backups',
      'wiping the source, open tasks with owner and day',
      'what the software cannot reach it cannot wipe; on much storage overwriting is not reliable',
    ],
    [
      'The clip stays at the institute',
      'only a clip made unrecognisable; an open task until it was removed',
      'institutes may have to keep handed-in work for years',
    ],
  ],
  soundLeft: 'The school profile lets sound stay in the clip. That makes being recognised by voice more likely.',
  figures: 'Figures',
  figuresText:
    'There are no figures here: how much is missed depends on camera, distance, light and class. The document docs/accuracy.md of the software says what was measured, on which footage and how to repeat it; faces are missed there. The honesty report of each dossier says what was measured of that one clip.',
  open: 'Open points for the school',
  openGaps: (gaps) => `Complete the school profile (R9): ${gaps}.`,
  openPoints: [
    'Decide whether a full DPIA is needed: it is about minors, video and a new technique.',
    'Ask the DPO for advice, and record it.',
    'Record the balancing test or the consent that goes with the legal ground.',
    'Ask each institute for how long and where it keeps a clip that was handed in, and whether school and institute are joint controllers (art. 26).',
    'Ask IT whether the storage of the vault has backups or snapshots, and for how long.',
    'Decide for how long the log is kept.',
    'Make sure that the network that finds faces has a licence that lets a school use it.',
    'Agree on who checks that cards and phones are emptied.',
  ],
  nothingLeaves: 'nowhere: nothing leaves the school',
};

export function dpiaWords(language: PaperLanguage): DpiaWords {
  return language === 'nl' ? nl : en;
}
