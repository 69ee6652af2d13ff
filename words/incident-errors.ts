import type { IncidentError } from '../core/incidents/errors.ts';
import type { IncidentRefusal } from '../core/incidents/states.ts';

type Sentences = { [Code in IncidentError['code']]: (error: Extract<IncidentError, { code: Code }>) => string };

const RULES_NL: Record<IncidentRefusal, string> = {
  'V2-what': 'beschrijf in minstens 10 tekens wat er is gebeurd, zonder namen (V2)',
  'V2-date': 'het moment van ontdekken ligt in de toekomst (V2)',
  'V2-order': 'het datalek is al afgesloten (V2)',
  'V2-reason': 'de uitkomst heeft een toelichting van minstens 10 tekens (V2, art. 33 lid 5)',
  'art-33-when':
    'het moment van melden ontbreekt, ligt vóór het ontdekken of in de toekomst, of hoort er niet bij omdat er niet is gemeld (art. 33)',
  'art-33-delay': 'er is na 72 uur gemeld; geef de reden daarvan (art. 33 lid 1)',
};

const RULES_EN: Record<IncidentRefusal, string> = {
  'V2-what': 'say in at least 10 characters what happened, without names (V2)',
  'V2-date': 'the moment at which it was noticed lies in the future (V2)',
  'V2-order': 'the breach was closed already (V2)',
  'V2-reason': 'the outcome is explained in at least 10 characters (V2, art. 33(5))',
  'art-33-when':
    'the moment of the report is missing, lies before it was noticed or in the future, or does not belong there as nothing was reported (art. 33)',
  'art-33-delay': 'it was reported after 72 hours; give the reason for that (art. 33(1))',
};

const all = (rules: readonly IncidentRefusal[], words: Record<IncidentRefusal, string>) =>
  [...new Set(rules)].map((rule) => words[rule]).join('; ');

export const incidentErrorsNl: Sentences = {
  'incident-unknown': ({ incident }) => `Datalek ${incident} is er niet. Zie "onherkenbaar incident list".`,
  'incident-sealed': () =>
    'Dit datalek is door iemand anders gemeld; alleen die persoon, de privacy officer en de beheerder kunnen het lezen. Vraag het hun.',
  'incident-missing': () =>
    'Het formulier van dit datalek is weg, terwijl het volgens het logboek is gemaakt. Vraag de ict-beheerder om de map "incidents" terug te zetten.',
  'incident-refused': ({ rules }) => `Dit kan niet: ${all(rules, RULES_NL)}. Pas het aan.`,
};

export const incidentErrorsEn: Sentences = {
  'incident-unknown': ({ incident }) => `There is no data breach ${incident}. See "onherkenbaar incident list".`,
  'incident-sealed': () =>
    'This breach was reported by someone else; only that person, the privacy officer and the administrator can read it. Ask them.',
  'incident-missing': () =>
    'The form of this breach is gone, though it was made by the log. Ask the IT staff to restore the folder "incidents".',
  'incident-refused': ({ rules }) => `This can't be done: ${all(rules, RULES_EN)}. Change it.`,
};
