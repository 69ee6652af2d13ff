import type { PaperLanguage } from './paper.ts';

/** Known limits of each detector, in plain words, after its card in models/; a test holds the names against the manifest. */
const LIMITS: Record<string, Record<PaperLanguage, string>> = {
  'retinaface-mnet25': {
    nl: 'vindt gezichten vanaf ongeveer 16 beeldpunten hoog; is zwak bij hoofden die 30 graden of meer gekanteld zijn, bij sterke onscherpte en als iets voor het gezicht zit',
    en: 'finds faces from about 16 pixels high; weak on heads tilted by 30 degrees or more, on heavy blur, and where something is in front of the face',
  },
  'yunet-n': {
    nl: 'gemaakt voor gezichten van ongeveer 10 tot 300 beeldpunten; wie van heel dichtbij wordt gefilmd, kan groter zijn',
    en: 'made for faces of about 10 to 300 pixels; whoever is filmed from very near can be larger',
  },
  'ultraface-rfb': {
    nl: 'vindt duidelijk minder dan de andere netwerken, en houdt ook voorwerpen voor gezichten',
    en: 'finds clearly less than the other networks, and also takes things for faces',
  },
  faceboxes: {
    nl: 'mist kleine gezichten (onder ongeveer 32 beeldpunten); kijkt daarom alleen samen met een ander netwerk',
    en: 'misses small faces (below about 32 pixels); therefore looks only together with another network',
  },
};

/** Names of models whose limits are written down. */
export const DESCRIBED_MODELS: readonly string[] = Object.keys(LIMITS);

const UNKNOWN: Record<PaperLanguage, string> = {
  nl: 'zijn grenzen zijn ons niet bekend',
  en: 'its limits are not known to us',
};

/** @param model one name, or those of two that look together, joined by a plus sign */
export function limitsOf(model: string, language: PaperLanguage): string {
  return model
    .split('+')
    .map((name) => `${name}: ${Object.hasOwn(LIMITS, name) ? LIMITS[name]![language] : UNKNOWN[language]}`)
    .join('; ');
}
