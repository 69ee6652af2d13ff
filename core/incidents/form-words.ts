import type { Affected, DataKind, IncidentCause, Measure, Reported } from './incident.ts';

/** As the form says them, which is in Dutch: it goes to the Autoriteit Persoonsgegevens. */
export const CAUSES: Record<IncidentCause, string> = {
  'device-lost': 'apparaat of opslag kwijtgeraakt',
  'device-stolen': 'apparaat of opslag gestolen',
  'wrong-recipient': 'gegevens naar de verkeerde ontvanger',
  published: 'gegevens openbaar geworden',
  'unauthorised-look': 'inzage door iemand die dat niet mocht',
  recognisable: 'clip gedeeld waarin iemand nog herkenbaar was',
  'plain-copy': 'onversleutelde kopie buiten de kluis',
  hacked: 'inbraak, schadelijke software of een gestolen wachtzin',
  paper: 'papier kwijtgeraakt of door een ander gelezen',
  deleted: 'gegevens per ongeluk gewist of onbruikbaar geworden',
  other: 'anders',
  unknown: 'nog niet bekend',
};

export const KINDS: Record<DataKind, string> = {
  faces: 'beelden van gezichten of personen',
  voices: 'stemmen',
  names: 'namen',
  class: 'klas, rooster of plaats in de klas',
  special: 'bijzondere gegevens (gezondheid, geloof, afkomst)',
  register: 'bezwaren en toestemmingen',
  requests: 'verzoeken van betrokkenen',
  staff: 'gegevens van medewerkers',
  keys: 'wachtzinnen of sleutels',
  other: 'anders',
  unknown: 'nog niet bekend',
};

export const AFFECTED: Record<Affected, string> = {
  unknown: 'nog niet bekend',
  '0': 'niemand',
  '1': '1',
  '2-10': '2 tot en met 10',
  '11-30': '11 tot en met 30',
  '31-100': '31 tot en met 100',
  '101-1000': '101 tot en met 1000',
  '>1000': 'meer dan 1000',
};

export const MEASURES: Record<Measure, string> = {
  'access-revoked': 'toegang ingetrokken',
  'passphrases-changed': 'wachtzinnen veranderd',
  'taken-offline': 'offline gehaald',
  'taken-back': 'clip teruggehaald bij de opleiding',
  'recipient-deleted': 'de ontvanger heeft verwijdering bevestigd',
  'device-locked': 'apparaat op afstand vergrendeld of gewist',
  'hold-set': 'dossiers vastgezet',
  'people-told': 'betrokkenen ingelicht',
  police: 'aangifte gedaan',
  other: 'anders',
};

export const REPORTED: Record<Reported, string> = {
  authority: 'gemeld bij de Autoriteit Persoonsgegevens',
  'authority-and-people': 'gemeld bij de Autoriteit Persoonsgegevens en aan de betrokkenen',
  'not-needed': 'niet gemeld; dat was niet nodig',
};

/** By cause, what of the data was broken: the form asks for it in these words. */
export const NATURE: Record<IncidentCause, 'vertrouwelijkheid' | 'beschikbaarheid' | 'nog niet bekend'> = {
  'device-lost': 'vertrouwelijkheid',
  'device-stolen': 'vertrouwelijkheid',
  'wrong-recipient': 'vertrouwelijkheid',
  published: 'vertrouwelijkheid',
  'unauthorised-look': 'vertrouwelijkheid',
  recognisable: 'vertrouwelijkheid',
  'plain-copy': 'vertrouwelijkheid',
  hacked: 'vertrouwelijkheid',
  paper: 'vertrouwelijkheid',
  deleted: 'beschikbaarheid',
  other: 'nog niet bekend',
  unknown: 'nog niet bekend',
};
