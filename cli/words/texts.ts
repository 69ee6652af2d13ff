import type { Language } from '../../words/errors.ts';

/** Everything the command line says apart from errors. */
const texts = {
  nl: {
    stage: { analyse: 'Zoeken naar gezichten', render: 'Onherkenbaar maken', verify: 'Controleren' },
    round: (n: number) => `ronde ${n}`,
    left: (time: string) => `nog ${time}`,
    speed: (value: string) => `${value}× werkelijke tijd`,
    frames: (done: number, total: number) => `${done}/${total} beelden`,
    found: (tracks: number, seconds: string) =>
      `${tracks} sporen in ${seconds} s; zonder beslissing worden ze alle verborgen.`,
    heard: (segments: number) =>
      `${segments} stukken spraak; zonder beslissing is alles stil. Dichtbij en veraf zeggen alleen hoe hard het klinkt.`,
    sound: (from: string, to: string, kind: string, level: number, hint: string | undefined) =>
      `  ${from}–${to} s  ${kind}  ${level} dB${hint ? `  ${hint}` : ''}`,
    kind: { speech: 'spraak', noise: 'geluid' },
    hint: { near: 'dichtbij', far: 'veraf' },
    track: (id: string, from: string, to: string, size: number, treatment: string) =>
      `  ${id}  ${from}–${to} s  hoogte ${size} px  ${treatment}`,
    treatment: { hide: 'verbergen', 'hide-body': 'hele lichaam verbergen', keep: 'in beeld houden', cut: 'wegknippen' },
    analysis: (id: string) => `Analyse ${id}`,
    done: (file: string) => `Klaar: ${file}`,
    passed: 'De controle van de gemaakte clip is geslaagd.',
    accepted: (n: number) => `Let op: ${n} bevinding(en) zijn door jou geaccepteerd:`,
    rejected: (file: string) => `Niet vrijgegeven: ${file}`,
    finding: {
      'face-in-view': 'gezicht in beeld',
      'readable-under-mask': 'nog leesbaar onder masker',
      'wrong-picture': 'verkeerd beeld',
      'sound-not-silent': 'geluid waar stilte hoort',
      'speech-heard': 'spraak in wat stil hoort te zijn',
      'wrong-sound': 'ander geluid dan bewaard moest blijven',
    },
    check: (name: string, ok: boolean, measured: string, wanted: string) =>
      `  ${ok ? 'goed' : 'FOUT'}  ${name}: ${measured}${ok ? '' : ` (moet zijn: ${wanted})`}`,
    soundAltered: 'Een vervormde stem is minder herkenbaar, niet anoniem: wie moeite doet, brengt haar terug.',
    soundDropped: 'Het geluid is weggelaten (met --sound kept blijft wat je aanwees).',
    damaged: 'Let op: de opname is op plekken beschadigd; bekijk de clip daar goed.',
    unexpected: 'Er ging iets mis dat niet hoort. Meld dit met de regels hieronder; er staan geen beelden of namen in.',
    probe: {
      picture: 'Beeld',
      sound: 'Geluid',
      length: 'Duur',
      none: 'geen',
      dropped: 'Vervalt',
      tags: 'Gegevens die vervallen',
      happens: 'Wat er gebeurt',
      rotate: (d: number) => `wordt ${d}° gedraaid`,
      deinterlace: 'wordt progressief gemaakt',
      tonemap: 'HDR wordt omgezet naar gewoon beeld',
      rate: (a: string, b: string) => `beeldtempo ${a} wordt vast ${b} per seconde`,
      size: (a: string, b: string) => `beeldmaat ${a} wordt ${b}`,
      hide: 'alle gezichten worden gezocht, gevolgd en verborgen',
      metadata: 'plaats, tijden, toestel en namen gaan niet mee',
    },
    doctor: {
      ok: 'in orde',
      missing: 'ontbreekt',
      model: 'Model',
      cores: 'Kernen',
      memory: 'Geheugen',
      research:
        'alleen voor niet-commercieel onderzoek; voor een vrije licentie: --licence permissive of YuNet (npm run models:fetch)',
      fix: 'Doe dit',
      second: 'Tweede model voor de controle',
      same: 'hetzelfde model op andere schaal',
    },
    demo: {
      composing: 'Een les wordt samengesteld uit sprekende hoofden …',
      lesson: 'De les',
      clip: 'De clip',
      picture: 'Voor en na',
      report: 'Het rapport',
      next: 'Nu met een eigen opname:',
    },
  },
  en: {
    stage: { analyse: 'Looking for faces', render: 'Making unrecognisable', verify: 'Checking' },
    round: (n: number) => `round ${n}`,
    left: (time: string) => `${time} left`,
    speed: (value: string) => `${value}× real time`,
    frames: (done: number, total: number) => `${done}/${total} frames`,
    found: (tracks: number, seconds: string) => `${tracks} tracks in ${seconds} s; without a decision all are hidden.`,
    heard: (segments: number) =>
      `${segments} stretches of speech; without a decision all is silent. Near and far only say how loud it is.`,
    sound: (from: string, to: string, kind: string, level: number, hint: string | undefined) =>
      `  ${from}–${to} s  ${kind}  ${level} dB${hint ? `  ${hint}` : ''}`,
    kind: { speech: 'speech', noise: 'noise' },
    hint: { near: 'near', far: 'far' },
    track: (id: string, from: string, to: string, size: number, treatment: string) =>
      `  ${id}  ${from}–${to} s  height ${size} px  ${treatment}`,
    treatment: { hide: 'hide', 'hide-body': 'hide the whole body', keep: 'keep in view', cut: 'cut out' },
    analysis: (id: string) => `Analysis ${id}`,
    done: (file: string) => `Done: ${file}`,
    passed: 'The check of the finished clip passed.',
    accepted: (n: number) => `Mind: you accepted ${n} finding(s):`,
    rejected: (file: string) => `Not released: ${file}`,
    finding: {
      'face-in-view': 'face in view',
      'readable-under-mask': 'still readable under the mask',
      'wrong-picture': 'wrong picture',
      'sound-not-silent': 'sound where there must be silence',
      'speech-heard': 'speech in what must be silent',
      'wrong-sound': 'other sound than what was to be kept',
    },
    check: (name: string, ok: boolean, measured: string, wanted: string) =>
      `  ${ok ? 'ok   ' : 'WRONG'}  ${name}: ${measured}${ok ? '' : ` (has to be: ${wanted})`}`,
    soundAltered: 'An altered voice is less recognisable, not anonymous: who takes the trouble brings it back.',
    soundDropped: 'The sound was left out (--sound kept keeps what you marked).',
    damaged: 'Mind: the recording is damaged in places; look at the clip there.',
    unexpected: 'Something went wrong that should not. Report it with the lines below; they hold no pictures or names.',
    probe: {
      picture: 'Picture',
      sound: 'Sound',
      length: 'Length',
      none: 'none',
      dropped: 'Left out',
      tags: 'Data left out',
      happens: 'What happens',
      rotate: (d: number) => `is turned by ${d}°`,
      deinterlace: 'is made progressive',
      tonemap: 'HDR becomes standard picture',
      rate: (a: string, b: string) => `rate ${a} becomes a constant ${b} a second`,
      size: (a: string, b: string) => `size ${a} becomes ${b}`,
      hide: 'all faces are searched, followed and hidden',
      metadata: 'place, times, device and names do not go along',
    },
    doctor: {
      ok: 'fine',
      missing: 'missing',
      model: 'Model',
      cores: 'Cores',
      memory: 'Memory',
      research:
        'non-commercial research only; for a free licence: --licence permissive or YuNet (npm run models:fetch)',
      fix: 'Do this',
      second: 'Second model for the check',
      same: 'the same model at another scale',
    },
    demo: {
      composing: 'Composing a lesson from talking heads …',
      lesson: 'The lesson',
      clip: 'The clip',
      picture: 'Before and after',
      report: 'The report',
      next: 'Now with a recording of your own:',
    },
  },
} as const;

export function textsOf(language: Language) {
  return texts[language];
}
export type Texts = ReturnType<typeof textsOf>;

/** `--lang` wins, then the environment; Dutch is the product's first language. */
export function chooseLanguage(wish: string | undefined): Language {
  if (wish === 'nl' || wish === 'en') return wish;
  const locale = process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? '';
  return /^en/i.test(locale) ? 'en' : 'nl';
}
