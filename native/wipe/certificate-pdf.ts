import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { printable } from '../papers/printable.ts';
import type { Certificate, OpenTask } from '../../core/vault/certificate.ts';
import type { WipeStepName } from '../../core/audit/entry.ts';

const STEPS: Record<WipeStepName, string> = {
  key: 'Sleutel van de opname vernietigd, sleutelring vernieuwd',
  proof: 'Nagegaan dat de sleutelring de sleutel niet meer heeft en dat er geen oude sleutelring is',
  ciphertext: 'Versleutelde opname overschreven en verwijderd',
  derived: 'Afgeleide bestanden overschreven en verwijderd',
  verification: 'Nagegaan dat sleutel en bestanden weg zijn',
};

const TASKS: Record<OpenTask, string> = {
  card: 'Geheugenkaart van de camera: wis de opname daar ook.',
  phone: 'Telefoon of tablet waarmee is gefilmd, met de prullenbak en de cloud daarvan.',
  backups: 'Back-ups van de map van de kluis: laat de ict-beheerder die van voor het wissen opruimen.',
  portal: 'Kopieën in de omgeving van de lerarenopleiding.',
  snapshots: 'Momentopnamen of oudere versies op deze opslag: vraag de ict-beheerder.',
};

const ROLES = {
  trainee: 'docent in opleiding',
  'school-trainer': 'schoolopleider',
  'privacy-officer': 'privacy officer',
  administrator: 'beheerder',
  caretaker: 'wachter, die zonder mensen werkt',
  worker: 'werker, die zonder mensen werkt',
} as const;

const MEDIA: Record<string, string> = {
  ssd: 'ssd',
  disk: 'harde schijf',
  memory: 'werkgeheugen',
  network: 'netwerkschijf',
  unknown: 'onbekend',
};

const SOURCES = { lesson: 'les', 'online-lesson': 'online les', livestream: 'livestream' } as const;

function date(text: string): string {
  return new Intl.DateTimeFormat('nl-NL', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(text));
}

function moment(text: string): string {
  const format = { dateStyle: 'long', timeStyle: 'medium', timeZone: 'UTC' } as const;
  return `${new Intl.DateTimeFormat('nl-NL', format).format(new Date(text))} UTC`;
}

function length(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** The certificate for people, in Dutch; the JSON beside it is the one that counts. */
export async function writeCertificatePdf(certificate: Certificate, file: string): Promise<void> {
  const { body, checkpoint } = certificate;
  const { default: Pdf } = await import('pdfkit');
  const document = new Pdf({
    size: 'A4',
    margin: 56,
    info: { Title: 'Verklaring van vernietiging' },
    lang: 'nl',
  });
  const target = createWriteStream(file, { mode: 0o600 });
  document.pipe(target);
  const heading = (text: string) => document.moveDown(0.8).font('Helvetica-Bold').fontSize(11).text(text).moveDown(0.2);
  const line = (name: string, value: string) =>
    document
      .font('Helvetica-Bold')
      .fontSize(10)
      .text(`${name}: `, { continued: true })
      .font('Helvetica')
      .text(printable(value));
  const plain = (text: string) => document.font('Helvetica').fontSize(10).text(printable(text));

  document.font('Helvetica-Bold').fontSize(18).text('Verklaring van vernietiging');
  document
    .fontSize(12)
    .fillColor(body.complete ? '#1b5e20' : '#b71c1c')
    .text(body.complete ? 'Volledig' : 'Gedeeltelijk: niet alles is gelukt, zie de stappen hieronder')
    .fillColor('black');

  heading('De opname');
  line('Dossier', body.dossier);
  line('Soort', SOURCES[body.recording.source]);
  line('Opgenomen op', date(body.recording.recordedOn));
  line('In de kluis gezet op', date(body.recording.importedOn));
  if (body.recording.assessedOn !== undefined) line('Laatst beoordeeld op', date(body.recording.assessedOn));
  line('Lengte', length(body.recording.milliseconds));
  line('Grootte', `${new Intl.NumberFormat('nl-NL').format(body.recording.bytes)} bytes`);
  line('Kenmerk (HMAC)', body.recording.hmac);

  heading('Het wissen');
  line('Aanleiding', body.rule === 'request' ? 'op verzoek' : `regel ${body.rule}`);
  line('Begonnen', moment(body.begunAt));
  line('Beëindigd', moment(body.endedAt));
  line('Door', `${body.by.name}, ${ROLES[body.by.role]}`);
  for (const { step, done, reason } of body.steps)
    plain(`${done ? 'gelukt' : 'NIET GELUKT'}  ${STEPS[step]}${done ? '' : ` (${reason ?? 'onbekend'})`}`);

  heading('De opslag');
  line('Bestandssysteem', body.medium.fileSystem);
  line('Soort', MEDIA[body.medium.medium] ?? body.medium.medium);
  plain(
    body.medium.overwriteReliable === 'no'
      ? 'Overschrijven is op deze opslag niet betrouwbaar. Het wissen berust op het vernietigen van de sleutel; ook de oude sleutelbestanden zijn met die beperking overschreven.'
      : 'Overschrijven is naar beste kunnen gedaan; het wissen berust op het vernietigen van de sleutel.',
  );
  plain(
    'Sleutel- en tussenbestanden die al eerder door nieuwere waren vervangen, zijn toen verwijderd en niet overschreven.',
  );

  heading('Wat dit betekent');
  plain(
    body.complete
      ? 'De sleutel van deze opname is vernietigd; de versleutelde resten zijn voor niemand leesbaar. Kopieën buiten deze app (camera, telefoon, back-ups, portaal) vallen hier niet onder en staan als open taak vermeld.'
      : 'Het wissen is niet af. De app probeert de stappen die niet gelukt zijn opnieuw zodra iemand de kluis opent, en maakt dan een nieuwe verklaring.',
  );

  heading('Open taken');
  for (const task of body.openTasks) plain(`[  ]  ${TASKS[task]}`);

  heading('Plaats in het logboek');
  line('Regel', String(checkpoint.seq));
  line('Controlegetal', checkpoint.hash);
  line('Kluis', checkpoint.vault);
  plain('Na te gaan met: onherkenbaar log verify LOGBOEK VERKLARING.json');
  document.end();
  await finished(target);
}
