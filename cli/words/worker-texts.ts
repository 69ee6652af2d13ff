import type { Language } from '../../words/errors.ts';

/** What is said about workers. */
export interface WorkerTexts {
  readonly name: string;
  readonly made: (id: string, keyFile: string) => string;
  readonly next: readonly string[];
  readonly retired: (id: string) => string;
  readonly waiting: (id: string) => string;
  readonly segment: (dossier: string, segment: number, seconds: number) => string;
  readonly failed: string;
  readonly queue: Record<'away' | 'back', string>;
  readonly stopped: string;
  readonly unserved: string;
}

const nl: WorkerTexts = {
  name: 'Werker',
  made: (id, keyFile) => `De werker (${id}) is toegevoegd. Zijn sleutel staat in ${keyFile}.`,
  next: [
    'Zolang een werker aan een opname werkt, kan zijn toestel haar zien. Laat alleen het account waaronder de werker draait dit bestand lezen.',
    'Laat hem werken met: onherkenbaar worker --vault MAP --key-file BESTAND --queue rediss://SERVER (docs/workers.md).',
  ],
  retired: (id) => `Werker ${id} krijgt geen sleutels meer. Stop hem ook op zijn toestel.`,
  waiting: (id) => `Werker ${id} wacht op werk. Stoppen: Ctrl-C.`,
  segment: (dossier, segment, seconds) => `Dossier ${dossier}: deel ${segment + 1} gemaakt in ${seconds} s.`,
  failed: 'Een deel lukte niet:',
  queue: { away: 'De wachtrij is weg; er wordt gewacht tot hij terug is.', back: 'De wachtrij is terug.' },
  stopped: 'De werker is gestopt; waar hij aan bezig was gaat naar een ander.',
  unserved: 'Er is nog geen werker die dit oppakt. Start er een met "onherkenbaar worker"; of stop met Ctrl-C.',
};

const en: WorkerTexts = {
  name: 'Worker',
  made: (id, keyFile) => `The worker (${id}) was added. Its key is in ${keyFile}.`,
  next: [
    'While a worker works on a recording, its machine can see it. Let only the account that the worker runs as read this file.',
    'Have it work with: onherkenbaar worker --vault FOLDER --key-file FILE --queue rediss://SERVER (docs/workers.md).',
  ],
  retired: (id) => `Worker ${id} is handed no keys any more. Stop it on its machine as well.`,
  waiting: (id) => `Worker ${id} waits for work. To stop: Ctrl-C.`,
  segment: (dossier, segment, seconds) => `Dossier ${dossier}: part ${segment + 1} made in ${seconds} s.`,
  failed: 'A part did not succeed:',
  queue: { away: 'The queue is away; waiting for it to come back.', back: 'The queue is back.' },
  stopped: 'The worker has stopped; what it was at goes to another.',
  unserved: 'No worker takes this yet. Start one with "onherkenbaar worker", or stop with Ctrl-C.',
};

export function workerTexts(language: Language): WorkerTexts {
  return language === 'nl' ? nl : en;
}
