import type { Ground, Purpose } from '../dossier/kinds.ts';

export const PURPOSE_WORDS: Record<Purpose, string> = {
  'lesson-quality': 'inzicht in de kwaliteit van lessen en het verbeteren daarvan',
  'teacher-training': 'de opleiding van docenten, als bewijs van wat een docent in opleiding kan',
};

export const GROUND_WORDS: Record<Ground, string> = {
  'statutory-task': 'De school maakt de opnames op grond van haar wettelijke taak.',
  'legitimate-interest':
    'De school heeft er een gerechtvaardigd belang bij om docenten te begeleiden en lessen te verbeteren. Dat belang is afgewogen tegen dat van de leerlingen.',
  consent:
    'Er wordt alleen gefilmd met toestemming, die ieder schooljaar opnieuw wordt gevraagd. Wie niets laat weten, geeft geen toestemming.',
};

const MONTHS = [
  'januari',
  'februari',
  'maart',
  'april',
  'mei',
  'juni',
  'juli',
  'augustus',
  'september',
  'oktober',
  'november',
  'december',
];

/** "5 november 2026". @param day `YYYY-MM-DD` */
export function longDay(day: string): string {
  return `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;
}
