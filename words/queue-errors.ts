import type { QueueError, QueueUnfit, UnitFailure } from '../core/queue/errors.ts';

type Sentences = { [Code in QueueError['code']]: (error: Extract<QueueError, { code: Code }>) => string };

const UNFIT_NL: Record<QueueUnfit, string> = {
  persistent:
    'Deze Redis bewaart zijn inhoud op schijf, en daar zou een sleutel achterblijven. Zet save en appendonly uit (docs/workers.md).',
  evicting: 'Deze Redis gooit weg wat hij moet bewaren. Zet maxmemory-policy op noeviction (docs/workers.md).',
  'too-old': 'Deze Redis is te oud. Gebruik Redis 6.2 of nieuwer, of Valkey.',
};

const UNFIT_EN: Record<QueueUnfit, string> = {
  persistent:
    'This Redis keeps what it holds on its disk, where a key would stay behind. Turn off save and appendonly (docs/workers.md).',
  evicting: 'This Redis drops what it has to keep. Set maxmemory-policy to noeviction (docs/workers.md).',
  'too-old': 'This Redis is too old. Use Redis 6.2 or newer, or Valkey.',
};

const FAILURES_NL: Record<UnitFailure, string> = {
  'not-there': 'wat een werker maakte staat niet heel in de kluis',
  expired: 'de toestemming was verlopen',
  forged: 'de opdracht is niet van iemand die bij dit dossier mag',
  'no-order': 'de opdracht in de kluis is weg',
  'input-changed': 'een werker ziet andere beelden dan dit toestel',
  'disk-full': 'de schijf van de kluis is vol',
  'ffmpeg-failed': 'ffmpeg is bij een werker gestopt',
  'vault-item-damaged': 'een bestand in de kluis is beschadigd of is veranderd',
  'worker-died': 'steeds viel de werker weg die eraan bezig was',
  unexpected: 'bij een werker ging iets onverwachts mis; zie wat die werker zelf meldt',
};

const FAILURES_EN: Record<UnitFailure, string> = {
  'not-there': 'what a worker made is not in the vault, whole',
  expired: 'its permission had run out',
  forged: 'the order is not from anybody who may work on this dossier',
  'no-order': 'the order in the vault is gone',
  'input-changed': 'a worker sees other pictures than this machine',
  'disk-full': "the vault's disk is full",
  'ffmpeg-failed': 'ffmpeg stopped at a worker',
  'vault-item-damaged': 'a file in the vault is damaged or was changed',
  'worker-died': 'each time the worker that was at it went away',
  unexpected: 'something unexpected went wrong at a worker; see what that worker says itself',
};

export const queueErrorsNl: Sentences = {
  'queue-address': () => 'Dit is geen adres van een wachtrij. Geef redis://127.0.0.1:6379 of rediss://server:6379.',
  'queue-plain': () =>
    'Buiten dit toestel moet de verbinding met de wachtrij versleuteld zijn. Gebruik rediss:// in plaats van redis://.',
  'queue-password-shown': () =>
    'Een wachtwoord hoort niet in het adres van de wachtrij; anderen kunnen het daar lezen. Zet het in ONHERKENBAAR_QUEUE_PASSWORD.',
  'queue-away': () =>
    'De wachtrij is niet bereikbaar. Controleer het adres en of Redis draait; wat klaar is blijft in de kluis, --resume gaat verder en ruimt op.',
  'queue-certificate': () =>
    'Het certificaat van de wachtrij wordt niet vertrouwd. Laat NODE_EXTRA_CA_CERTS wijzen naar de CA van de school.',
  'queue-password': () =>
    'De wachtrij laat ons niet binnen. Zet het juiste wachtwoord in ONHERKENBAAR_QUEUE_PASSWORD, en de gebruiker in het adres.',
  'queue-unfit': ({ reason }) => UNFIT_NL[reason],
  'queue-no-workers': () =>
    'Deze kluis kent geen werkers. Laat de beheerder er een toevoegen met "onherkenbaar worker add".',
  'queue-unit-failed': ({ reason }) =>
    `Een deel van de clip kon niet worden gemaakt: ${FAILURES_NL[reason]}. Wat klaar is blijft in de kluis; ga verder met --resume.`,
  'queue-stopped': () =>
    'Gestopt. In de wachtrij is niets achtergebleven; wat klaar is staat versleuteld in de kluis. Ga verder met --resume.',
  'worker-retired': () => 'Deze werker is uit dienst. Laat de beheerder een nieuwe toevoegen.',
  'worker-other-version': () =>
    'Deze werker is van een andere versie dan wie het werk uitgeeft. Zet op alle toestellen dezelfde versie.',
  'worker-other-ffmpeg': ({ wanted, found }) =>
    `Deze werker heeft ffmpeg ${found}, en het werk vraagt ${wanted}. Zet op alle toestellen dezelfde ffmpeg.`,
};

export const queueErrorsEn: Sentences = {
  'queue-address': () => 'This is no address of a queue. Give redis://127.0.0.1:6379 or rediss://server:6379.',
  'queue-plain': () =>
    'Beyond this machine the connection with the queue has to be encrypted. Use rediss:// instead of redis://.',
  'queue-password-shown': () =>
    "A password does not belong in the queue's address, where others can read it. Put it in ONHERKENBAAR_QUEUE_PASSWORD.",
  'queue-away': () =>
    'The queue is not reachable. Check its address and that Redis runs; what is finished stays in the vault, --resume goes on and clears up.',
  'queue-certificate': () =>
    "The queue's certificate is not trusted. Let NODE_EXTRA_CA_CERTS point at the CA of the school.",
  'queue-password': () =>
    'The queue does not let us in. Put the right password in ONHERKENBAAR_QUEUE_PASSWORD, and the user in the address.',
  'queue-unfit': ({ reason }) => UNFIT_EN[reason],
  'queue-no-workers': () =>
    'This vault knows no workers. Have the administrator add one with "onherkenbaar worker add".',
  'queue-unit-failed': ({ reason }) =>
    `A part of the clip could not be made: ${FAILURES_EN[reason]}. What is finished stays in the vault; go on with --resume.`,
  'queue-stopped': () =>
    'Stopped. Nothing was left in the queue; what is finished is in the vault, encrypted. Go on with --resume.',
  'worker-retired': () => 'This worker is out of service. Have the administrator add a new one.',
  'worker-other-version': () =>
    'This worker is of another version than whoever hands out the work. Put the same version on all machines.',
  'worker-other-ffmpeg': ({ wanted, found }) =>
    `This worker has ffmpeg ${found}, and the work asks for ${wanted}. Put the same ffmpeg on all machines.`,
};
