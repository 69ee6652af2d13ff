import type { ClosingReason } from '../../core/dossier/closing.ts';
import type { TaskKind } from '../../core/dossier/tasks.ts';
import type { Reminder, Rung } from '../../core/retention/reminders.ts';
import type { Clock } from '../../core/retention/terms.ts';
import type { Language } from '../../words/errors.ts';
import { CLOSING_EN, CLOSING_NL } from '../../words/keeping-errors.ts';
import type { ScheduleTexts } from '../schedules.ts';

export interface KeepingTexts {
  readonly caretakerName: string;
  readonly caretakerMade: (id: string, keyFile: string) => string;
  readonly caretakerNext: readonly string[];
  readonly windowsKey: string;
  readonly kinds: Record<TaskKind, string>;
  readonly when: (due: string, left: number, rung: Rung) => string;
  readonly about: Record<Reminder['about'], string>;
  readonly reminder: (about: string, dossier: string, when: string) => string;
  readonly taskLine: (task: string, kind: string, dossier: string, owner: string, when: string) => string;
  readonly someone: (id: string) => string;
  readonly noTasks: string;
  readonly taskDone: string;
  readonly closed: (dossier: string) => string;
  readonly closedWith: Record<ClosingReason, string>;
  readonly mind: (what: string) => string;
  readonly elsewhere: string;
  readonly inOrder: string;
  readonly late: (dossier: string) => string;
  readonly unlogged: (dossier: string) => string;
  readonly requestWiped: (request: string, complete: boolean) => string;
  readonly given: (count: number) => string;
  readonly register: string;
  readonly clock: Record<Exclude<Clock, 'right'>, (today: string) => string>;
  readonly comesDue: string;
  readonly schedule: ScheduleTexts;
}

const nl: KeepingTexts = {
  caretakerName: 'Wachter',
  caretakerMade: (id, keyFile) => `De wachter (${id}) is toegevoegd. Zijn sleutel staat in ${keyFile}.`,
  caretakerNext: [
    'Wie dit bestand heeft, kan opnamen laten wissen waarvan de termijn om is, en geen enkele zien. Laat alleen het account waaronder de wachter draait het lezen.',
    'Laat hem elke dag komen: "onherkenbaar daily --schedule systemd" (of launchd, windows, cron) toont wat u daarvoor neerzet.',
  ],
  windowsKey:
    'Op Windows zegt dit programma niet wie het bestand mag lezen: haal bij Eigenschappen, Beveiliging alle anderen weg.',
  kinds: {
    card: 'geheugenkaart van de camera leegmaken',
    phone: 'opname wissen op het toestel waarmee is opgenomen, met prullenbak en cloud',
    backup: 'back-ups van de map van de kluis van voor het wissen laten opruimen (ict-beheerder)',
    portal: 'ingeleverde clip weghalen bij de lerarenopleiding',
    recall: 'ingeleverde clip terughalen na een bezwaar',
  },
  when: (due, left, rung) => {
    if (rung === 'overdue') return left < 0 ? `OVER TIJD sinds ${due}` : 'OVER TIJD';
    return rung === 0 ? `uiterlijk vandaag (${due})` : `uiterlijk ${due}, nog ${left} ${left === 1 ? 'dag' : 'dagen'}`;
  },
  about: {
    wipe: 'wordt daarna gewist',
    'wipe-again': 'is niet helemaal gewist',
    hold: 'incident-blokkade opnieuw bekijken',
    task: 'taak',
  },
  reminder: (about, dossier, when) => `${dossier}  ${about}: ${when}`,
  taskLine: (task, kind, dossier, owner, when) => `${task}  ${kind}  (dossier ${dossier}, ${owner})  ${when}`,
  someone: (id) => `nummer ${id}`,
  noTasks: 'Er zijn geen open taken.',
  taskDone: 'De taak is gedaan.',
  closed: (dossier) => `Dossier ${dossier} is gesloten.`,
  closedWith: CLOSING_NL,
  mind: (what) => `Let op: ${what}.`,
  elsewhere: 'Een ander toestel doet op dit moment de ronde; hier hoeft niets te gebeuren.',
  inOrder: 'Alles is op orde; er hoefde niets gewist te worden.',
  late: (dossier) =>
    `Dossier ${dossier} is over zijn termijn en is er NOG: iemand heeft het open. De volgende ronde probeert het weer.`,
  unlogged: (dossier) =>
    `Van opname ${dossier} weet het logboek niet, dus ze heeft geen termijn. Laat wie haar inbracht de kluis openen.`,
  requestWiped: (request, complete) =>
    complete
      ? `Verzoek ${request} was over zijn termijn en is gewist.`
      : `Verzoek ${request} is over zijn termijn en kon niet helemaal worden gewist; de volgende ronde probeert het weer.`,
  given: (count) => `${count} open ${count === 1 ? 'taak' : 'taken'} gegeven; zie "onherkenbaar task list".`,
  register:
    'In het register van bezwaren kunnen lijsten over hun termijn zijn. De wachter kan het niet lezen: laat een schoolopleider, privacy officer of beheerder het openen ("onherkenbaar register list").',
  clock: {
    ahead: (today) =>
      `De klok van dit toestel (${today}) staat ver voor op het logboek; er is niets gewist om zijn termijn. Klopt de datum, laat dan iemand "onherkenbaar wipe" doen.`,
    behind: (today) =>
      `De klok van dit toestel (${today}) loopt achter op het logboek; wat over zijn termijn is, wordt zo niet gezien. Zet de klok goed.`,
  },
  comesDue: 'Binnen twee weken:',
  schedule: {
    title: 'Onherkenbaar: wist wat te lang bewaard is',
    how: {
      systemd: [
        'Zet dit als root in de twee bestanden die hieronder genoemd zijn, en doe dan:',
        'systemctl daemon-reload && systemctl enable --now onherkenbaar-daily.timer',
        'Nakijken: systemctl list-timers onherkenbaar-daily.timer; journalctl -u onherkenbaar-daily',
      ],
      launchd: [
        'Zet dit in /Library/LaunchDaemons/nl.onherkenbaar.daily.plist, van root, en doe dan:',
        'sudo launchctl bootstrap system /Library/LaunchDaemons/nl.onherkenbaar.daily.plist',
        'Het schoolnetwerk moet ook zonder ingelogde gebruiker verbonden zijn.',
      ],
      windows: [
        'Bewaar dit als onherkenbaar-daily.xml en doe dan, als beheerder van het toestel:',
        'schtasks /Create /TN Onherkenbaar /XML onherkenbaar-daily.xml /RU DOMEIN\\wachter /RP',
        'Een stationsletter van het schoolnetwerk bestaat voor een taak niet: geef de kluis als \\\\server\\map.',
      ],
      cron: [
        'Zet deze regel in de crontab van het account van de wachter (crontab -e).',
        'Staat het toestel om half acht uit, dan komt cron niet: neem dan liever systemd of anacron.',
      ],
    },
  },
};

const en: KeepingTexts = {
  caretakerName: 'Caretaker',
  caretakerMade: (id, keyFile) => `The caretaker (${id}) was added. Its key is in ${keyFile}.`,
  caretakerNext: [
    'Whoever has this file can have recordings wiped that are over their term, and see none. Let only the account that the caretaker runs as read it.',
    'Let it come every day: "onherkenbaar daily --schedule systemd" (or launchd, windows, cron) shows what to put in place.',
  ],
  windowsKey:
    'On Windows this program does not say who may read the file: take everybody else off in Properties, Security.',
  kinds: {
    card: "empty the camera's memory card",
    phone: 'wipe the recording on the device that recorded it, with its bin and cloud',
    backup: "have backups of the vault's folder from before the wipe cleared away (IT staff)",
    portal: 'remove the clip that was handed in at the institute',
    recall: 'call back the clip that was handed in, after an objection',
  },
  when: (due, left, rung) => {
    if (rung === 'overdue') return left < 0 ? `OVERDUE since ${due}` : 'OVERDUE';
    return rung === 0 ? `today at the latest (${due})` : `by ${due}, ${left} ${left === 1 ? 'day' : 'days'} left`;
  },
  about: {
    wipe: 'is wiped after that',
    'wipe-again': 'was not wiped whole',
    hold: 'look at the incident hold again',
    task: 'task',
  },
  reminder: (about, dossier, when) => `${dossier}  ${about}: ${when}`,
  taskLine: (task, kind, dossier, owner, when) => `${task}  ${kind}  (dossier ${dossier}, ${owner})  ${when}`,
  someone: (id) => `number ${id}`,
  noTasks: 'There are no open tasks.',
  taskDone: 'The task is done.',
  closed: (dossier) => `Dossier ${dossier} is closed.`,
  closedWith: CLOSING_EN,
  mind: (what) => `Mind: ${what}.`,
  elsewhere: 'Another machine is doing the round at this moment; nothing has to happen here.',
  inOrder: 'All is in order; nothing had to be wiped.',
  late: (dossier) =>
    `Dossier ${dossier} is over its term and STILL there: somebody has it open. The next round tries again.`,
  unlogged: (dossier) =>
    `The log does not know of recording ${dossier}, so it has no term. Have whoever brought it in open the vault.`,
  requestWiped: (request, complete) =>
    complete
      ? `Request ${request} was over its term and was wiped.`
      : `Request ${request} is over its term and could not be wiped whole; the next round tries again.`,
  given: (count) => `${count} open ${count === 1 ? 'task' : 'tasks'} given; see "onherkenbaar task list".`,
  register:
    'Lists in the register of objections may be over their term. The caretaker can\'t read it: let a school trainer, privacy officer or administrator open it ("onherkenbaar register list").',
  clock: {
    ahead: (today) =>
      `The clock of this machine (${today}) is far ahead of the log; nothing was wiped for its term. If the date is right, have somebody run "onherkenbaar wipe".`,
    behind: (today) =>
      `The clock of this machine (${today}) is behind the log; what is over its term is not seen that way. Set the clock right.`,
  },
  comesDue: 'Within two weeks:',
  schedule: {
    title: 'Onherkenbaar: wipes what was kept too long',
    how: {
      systemd: [
        'As root, put this into the two files that are named below, and then run:',
        'systemctl daemon-reload && systemctl enable --now onherkenbaar-daily.timer',
        'To check: systemctl list-timers onherkenbaar-daily.timer; journalctl -u onherkenbaar-daily',
      ],
      launchd: [
        'Put this into /Library/LaunchDaemons/nl.onherkenbaar.daily.plist, owned by root, and then run:',
        'sudo launchctl bootstrap system /Library/LaunchDaemons/nl.onherkenbaar.daily.plist',
        "The school's network has to be connected also while nobody is logged in.",
      ],
      windows: [
        'Keep this as onherkenbaar-daily.xml and then run, as administrator of the machine:',
        'schtasks /Create /TN Onherkenbaar /XML onherkenbaar-daily.xml /RU DOMAIN\\caretaker /RP',
        'A task knows no drive letter of the school network: give the vault as \\\\server\\folder.',
      ],
      cron: [
        "Put this line into the crontab of the caretaker's account (crontab -e).",
        'Where the machine is off at half past seven, cron does not come: use systemd or anacron there.',
      ],
    },
  },
};

export function keepingTexts(language: Language): KeepingTexts {
  return language === 'nl' ? nl : en;
}
