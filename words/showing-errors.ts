import type { ShowingRefusal } from '../core/vault/showing.ts';

export const SHOWINGS_NL: Record<ShowingRefusal, string> = {
  'M7-people': 'geef een aantal mensen van 1 tot en met 200, geen namen (M7)',
  'M7-date': 'de dag ligt in de toekomst, of vóór de opname in de kluis kwam (M7)',
  'S7-profile': 'het schoolprofiel staat inzage onder toezicht niet toe, of geldt niet (S7)',
  'S7-role': 'alleen een schoolopleider laat onder toezicht meekijken (S7)',
  'S7-people': 'onder toezicht kijkt één betrokken medewerker mee (S7)',
};

export const SHOWINGS_EN: Record<ShowingRefusal, string> = {
  'M7-people': 'give a number of people from 1 to 200, no names (M7)',
  'M7-date': 'the day lies in the future, or before the recording came into the vault (M7)',
  'S7-profile': 'the school profile does not allow a look under supervision, or does not stand (S7)',
  'S7-role': 'only a school trainer lets someone look under supervision (S7)',
  'S7-people': 'under supervision one member of staff concerned looks along (S7)',
};
