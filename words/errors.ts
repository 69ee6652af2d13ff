import type { AppError } from '../core/errors.ts';
import type { PossibleName } from '../core/subtitles/names.ts';
import { deliveryErrorsEn, deliveryErrorsNl } from './delivery-errors.ts';
import { deskErrorsEn, deskErrorsNl } from './desk-errors.ts';
import { incidentErrorsEn, incidentErrorsNl } from './incident-errors.ts';
import { keepingErrorsEn, keepingErrorsNl } from './keeping-errors.ts';
import { queueErrorsEn, queueErrorsNl } from './queue-errors.ts';
import { registerErrorsEn, registerErrorsNl } from './register-errors.ts';
import { requestErrorsEn, requestErrorsNl } from './request-errors.ts';
import { vaultErrorsEn, vaultErrorsNl } from './vault-errors.ts';

export type Language = 'nl' | 'en';

type Sentences = { [Code in AppError['code']]: (error: Extract<AppError, { code: Code }>) => string };

const nl: Sentences = {
  ...vaultErrorsNl,
  ...deskErrorsNl,
  ...deliveryErrorsNl,
  ...queueErrorsNl,
  ...registerErrorsNl,
  ...requestErrorsNl,
  ...incidentErrorsNl,
  ...keepingErrorsNl,
  'input-missing': () => 'Deze opname bestaat niet. Controleer de naam en de map.',
  'input-not-a-file': () => 'Dit is een map of apparaat, geen bestand. Kies de opname zelf.',
  'input-empty': () => 'Deze opname is leeg (0 bytes). Kopieer haar opnieuw van camera of telefoon.',
  'input-unreadable': () =>
    'Deze opname mag niet worden gelezen. Vraag leesrechten of kopieer haar naar een eigen map.',
  'input-not-media': () =>
    'Dit is geen leesbare video, of het begin ervan is beschadigd. Kopieer haar opnieuw van de camera.',
  'input-encrypted': () =>
    'Deze video is beveiligd (DRM) en kan niet worden geopend. Gebruik de eigen opname van de camera.',
  'input-no-video': () => 'Dit bestand heeft geen beeld, alleen geluid of gegevens. Kies de video-opname.',
  'input-still-picture': () => 'Dit is een foto, geen video. Kies een video-opname.',
  'input-too-small': ({ width, height }) =>
    `Het beeld is ${width}×${height} pixels; dat is te klein (minstens 64×64). Kies de oorspronkelijke opname.`,
  'input-too-large': ({ width, height }) =>
    `Het beeld is ${width}×${height} pixels; meer dan 4K (4096×2304) kan niet. Exporteer de opname eerst in 4K.`,
  'input-no-frames': () => 'Uit deze opname is geen enkel beeld te halen; ze is beschadigd. Kopieer haar opnieuw.',
  'input-timestamps': ({ seconds, frames }) =>
    `De tijden in dit bestand kloppen niet: ${frames} beelden in ${seconds} seconden. Exporteer de opname opnieuw vanuit de camera-app.`,
  'import-fragment': ({ seconds }) =>
    `Het gekozen stuk klopt niet. Kies een begin en een einde binnen de ${seconds} seconden van de opname, ten minste een seconde uit elkaar.`,
  'import-not-trimmed': () =>
    'Uit deze opname kan geen stuk worden gehaald zonder haar te veranderen. Breng haar in haar geheel in en knip daarna.',
  'input-changed': () => 'De opname is tijdens het werk veranderd. Begin opnieuw met een kopie die niemand aanraakt.',
  'input-stream-unsupported': () =>
    'Deze versie van ffmpeg kan beeld en geluid van deze opname (MPEG-stream) niet op tijd houden. Installeer ffmpeg 4.4 of nieuwer.',
  'input-hdr-unsupported': () =>
    'Dit is een HDR-opname en deze ffmpeg kan daar niet mee omgaan. Installeer een volledige ffmpeg (met zscale).',
  'output-exists': () => 'Het doelbestand bestaat al. Kies een andere naam of geef --overwrite.',
  'output-is-input': () => 'Doel en opname zijn hetzelfde bestand. Kies een andere naam; de opname blijft ongemoeid.',
  'output-folder-missing': () => 'De map van het doelbestand bestaat niet. Maak haar eerst aan.',
  'output-not-writable': () => 'In de doelmap mag niet worden geschreven. Kies een andere map.',
  'output-extension': ({ extension }) =>
    `De clip wordt een .mp4-bestand; geef een naam op .mp4 in plaats van "${extension}".`,
  'paper-extension': ({ endings }) => `Zo kan dit stuk niet heten; geef een naam op ${endings.join(' of ')}.`,
  'disk-full': () => 'De schijf is vol. Maak ruimte en ga verder met --resume.',
  'decisions-missing': () => 'Het bestand met beslissingen bestaat niet. Controleer de naam.',
  'decisions-invalid': ({ where, problem }) => `Het bestand met beslissingen klopt niet bij "${where}": ${problem}.`,
  'decisions-other-analysis': ({ expected, found }) =>
    `Deze beslissingen horen bij een andere analyse (${found}, nu ${expected}). Maak ze opnieuw met --dry-run.`,
  'decisions-unknown-track': ({ track }) =>
    `Het spoor ${track} bestaat niet in deze opname. Bekijk de sporen met --dry-run.`,
  'fit-too-small': ({ least }) =>
    `Zo klein is de clip niet goed te zien; voor deze lengte is ten minste ${Math.ceil(least / 1e6)} MB nodig. Kies een korter fragment.`,
  'plan-cuts-everything': () => 'Alles is weggeknipt; er blijft geen beeld over. Knip minder.',
  'ffmpeg-missing': () =>
    'Er is geen bruikbare ffmpeg gevonden. Installeer ffmpeg, of zet FFMPEG_PATH op een ffmpeg met libx264 en aac.',
  'ffmpeg-unusable': ({ path, lacks }) =>
    `De ffmpeg uit FFMPEG_PATH (${path}) is niet bruikbaar; er ontbreekt: ${lacks}.`,
  'ffmpeg-failed': ({ stage, detail }) => `ffmpeg is gestopt bij "${stage}": ${detail}. Zie "onherkenbaar doctor".`,
  'model-missing': ({ model }) =>
    `Het model ${model} ontbreekt. Haal het op met "npm run models", of wijs een bestand aan met --model.`,
  'model-changed': ({ model }) =>
    `Het model ${model} is niet het bestand dat het moet zijn (sha256). Haal het opnieuw op met "npm run models".`,
  'model-unknown': ({ path }) =>
    `Het bestand ${path} is geen gezichtsmodel dat we kennen (RetinaFace, YuNet, SCRFD, UltraFace of FaceBoxes in ONNX).`,
  'nothing-to-resume': () => 'Er is geen onderbroken werk voor dit doelbestand. Begin zonder --resume.',
  'job-other-settings': () =>
    'Het onderbroken werk was met een andere opname of andere instellingen. Gebruik dezelfde, of begin zonder --resume.',
  'job-in-use': () => 'Aan dit doelbestand wordt al gewerkt. Wacht tot dat klaar is of kies een andere naam.',
  'verification-failed': ({ findings }) =>
    `De controle vond ${findings} punt(en) die niet goed zijn; de clip is niet vrijgegeven. Bekijk ze en beslis; --accept-findings geldt alleen voor gezichten die in beeld blijven.`,
  'subtitles-invalid': ({ line }) =>
    line === 0
      ? 'In dit bestand staan geen ondertitels, of het is er niet. Kies een .srt of .vtt.'
      : `De ondertitels kloppen niet op regel ${line}. Verbeter de tijden (00:01:02,000 --> 00:01:04,000) en tekst daar.`,
  'subtitles-names': ({ names }) =>
    `In de ondertitels staan woorden die een naam kunnen zijn: ${listed(names)}. Vervang namen, en zet wat er geen is in een bestand voor --subtitle-words.`,
  'subtitles-words-missing': ({ path }) =>
    `Het bestand ${path} met woorden die geen naam zijn is er niet, of is te groot. Verbeter --subtitle-words.`,
  'sound-missing': () => 'Deze opname heeft geen geluid dat te lezen is. Laat --sound weg.',
  'sound-nothing-kept': () =>
    'Er is niets aangewezen dat gehoord mag worden; zonder beslissing is alles stil. Wijs stukken aan (docs/decisions.md) of laat --sound weg.',
  'sound-not-allowed': ({ allowed }) =>
    allowed === 'off'
      ? 'Deze school laat geen geluid in clips toe (schoolprofiel). Laat --sound weg.'
      : 'Deze school laat geluid alleen toe met vervormde stem (schoolprofiel). Gebruik --sound altered.',
  cancelled: () => 'Gestopt. Er is niets achtergebleven.',
};

const en: Sentences = {
  ...vaultErrorsEn,
  ...deskErrorsEn,
  ...deliveryErrorsEn,
  ...queueErrorsEn,
  ...registerErrorsEn,
  ...requestErrorsEn,
  ...incidentErrorsEn,
  ...keepingErrorsEn,
  'input-missing': () => 'This recording does not exist. Check its name and folder.',
  'input-not-a-file': () => 'This is a folder or device, not a file. Choose the recording itself.',
  'input-empty': () => 'This recording is empty (0 bytes). Copy it again from the camera or phone.',
  'input-unreadable': () => 'This recording may not be read. Ask for read access or copy it to a folder of your own.',
  'input-not-media': () => 'This is not a readable video, or its beginning is damaged. Copy it again from the camera.',
  'input-encrypted': () => "This video is protected (DRM) and can't be opened. Use the camera's own recording.",
  'input-no-video': () => 'This file has no picture, only sound or data. Choose the video recording.',
  'input-still-picture': () => 'This is a photo, not a video. Choose a video recording.',
  'input-too-small': ({ width, height }) =>
    `The picture is ${width}×${height} pixels; that is too small (at least 64×64). Choose the original recording.`,
  'input-too-large': ({ width, height }) =>
    `The picture is ${width}×${height} pixels; more than 4K (4096×2304) is not possible. Export the recording in 4K first.`,
  'input-no-frames': () => 'Not one picture can be read from this recording; it is damaged. Copy it again.',
  'input-timestamps': ({ seconds, frames }) =>
    `The times in this file make no sense: ${frames} pictures in ${seconds} seconds. Export the recording again from the camera app.`,
  'import-fragment': ({ seconds }) =>
    `The chosen stretch is not right. Choose a begin and an end within the recording's ${seconds} seconds, at least one second apart.`,
  'import-not-trimmed': () =>
    'No stretch can be taken from this recording without changing it. Take it in whole, and cut afterwards.',
  'input-changed': () =>
    'The recording changed while it was being worked on. Start again with a copy that nobody touches.',
  'input-stream-unsupported': () =>
    'This version of ffmpeg cannot keep picture and sound of this recording (an MPEG stream) in time. Install ffmpeg 4.4 or newer.',
  'input-hdr-unsupported': () =>
    "This is an HDR recording and this ffmpeg can't handle it. Install a full ffmpeg (with zscale).",
  'output-exists': () => 'The target file exists. Choose another name or give --overwrite.',
  'output-is-input': () => 'Target and recording are the same file. Choose another name; the recording is left alone.',
  'output-folder-missing': () => 'The folder of the target does not exist. Make it first.',
  'output-not-writable': () => 'The target folder may not be written to. Choose another folder.',
  'output-extension': ({ extension }) =>
    `The clip will be an .mp4 file; give a name ending in .mp4 instead of "${extension}".`,
  'paper-extension': ({ endings }) => `This paper cannot be named so; give a name ending in ${endings.join(' or ')}.`,
  'disk-full': () => 'The disk is full. Make room and go on with --resume.',
  'decisions-missing': () => 'The decisions file does not exist. Check its name.',
  'decisions-invalid': ({ where, problem }) => `The decisions file is wrong at "${where}": ${problem}.`,
  'decisions-other-analysis': ({ expected, found }) =>
    `These decisions belong to another analysis (${found}, now ${expected}). Make them again with --dry-run.`,
  'decisions-unknown-track': ({ track }) =>
    `Track ${track} does not exist in this recording. See the tracks with --dry-run.`,
  'fit-too-small': ({ least }) =>
    `That small, the clip can't be seen well; for this length at least ${Math.ceil(least / 1e6)} MB is needed. Choose a shorter fragment.`,
  'plan-cuts-everything': () => 'Everything is cut out; no picture is left. Cut less.',
  'ffmpeg-missing': () => 'No usable ffmpeg was found. Install ffmpeg, or set FFMPEG_PATH to one with libx264 and aac.',
  'ffmpeg-unusable': ({ path, lacks }) => `The ffmpeg of FFMPEG_PATH (${path}) is not usable; it lacks: ${lacks}.`,
  'ffmpeg-failed': ({ stage, detail }) => `ffmpeg stopped at "${stage}": ${detail}. See "onherkenbaar doctor".`,
  'model-missing': ({ model }) =>
    `The model ${model} is missing. Get it with "npm run models", or name a file with --model.`,
  'model-changed': ({ model }) =>
    `The model ${model} is not the file it has to be (sha256). Get it again with "npm run models".`,
  'model-unknown': ({ path }) =>
    `The file ${path} is no face model we know (RetinaFace, YuNet, SCRFD, UltraFace or FaceBoxes in ONNX).`,
  'nothing-to-resume': () => 'There is no interrupted work for this target. Start without --resume.',
  'job-other-settings': () =>
    'The interrupted work was with another recording or other settings. Use the same ones, or start without --resume.',
  'job-in-use': () => 'This target is being worked on already. Wait until that is done or choose another name.',
  'verification-failed': ({ findings }) =>
    `The check found ${findings} point(s) that are not right; the clip is not released. Look at them and decide; --accept-findings is for faces that stay in view alone.`,
  'subtitles-invalid': ({ line }) =>
    line === 0
      ? 'There are no subtitles in this file, or it is not there. Choose an .srt or .vtt.'
      : `The subtitles are wrong at line ${line}. Mend the times (00:01:02,000 --> 00:01:04,000) and text there.`,
  'subtitles-names': ({ names }) =>
    `The subtitles hold words that may be names: ${listed(names)}. Replace names, and put what is none into a file for --subtitle-words.`,
  'subtitles-words-missing': ({ path }) =>
    `The file ${path} with words that are no names is not there, or too large. Put --subtitle-words right.`,
  'sound-missing': () => 'This recording has no sound that can be read. Leave out --sound.',
  'sound-nothing-kept': () =>
    'Nothing was marked that may be heard; what is undecided is silent. Mark stretches (docs/decisions.md) or leave out --sound.',
  'sound-not-allowed': ({ allowed }) =>
    allowed === 'off'
      ? 'This school allows no sound in clips (school profile). Leave out --sound.'
      : 'This school allows sound only with an altered voice (school profile). Use --sound altered.',
  cancelled: () => 'Stopped. Nothing was left behind.',
};

const MOST_LISTED = 20;

function listed(names: readonly PossibleName[]): string {
  const shown = names.slice(0, MOST_LISTED).map(({ word, at }) => `${word} (${at.toFixed(0)} s)`);
  return [...shown, ...(names.length > MOST_LISTED ? ['…'] : [])].join(', ');
}

/** One sentence that names what is wrong and what to do. */
export function sentence(error: AppError, language: Language): string {
  const words = language === 'nl' ? nl : en;
  // The map is total over the codes; only the link between key and argument is lost on the compiler.
  const say = words[error.code] as (error: AppError) => string;
  return say(error);
}
