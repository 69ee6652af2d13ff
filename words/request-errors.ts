import type { GrantRefusal } from '../core/requests/effects.ts';
import type { RequestError } from '../core/requests/errors.ts';
import type { RequestRefusal } from '../core/requests/states.ts';

type Sentences = { [Code in RequestError['code']]: (error: Extract<RequestError, { code: Code }>) => string };

const STEPS_NL: Record<RequestRefusal, string> = {
  'V1-order': 'deze stap volgt niet op de vorige; een verzoek wordt eerst in behandeling genomen (V1)',
  'V1-date': 'de dag ligt vóór de vorige stap, of in de toekomst (V1)',
  'V1-period': 'de laatste lesdag ligt vóór de eerste (V1)',
  'V1-staff': 'een medewerker vraagt over zichzelf; laat de leerling weg (V1)',
  'B1-pupil': 'een bezwaar noemt de leerling als "Leerling 3", zoals in het register (B1)',
  'V1-reason': 'wie niet alles krijgt, hoort waarom: minstens 10 tekens (V1, art. 12 lid 4)',
  'V1-rule': 'de regel ontbreekt, of hoort niet bij dit soort verzoek of deze uitkomst (V1)',
  'art-12-3-reason': 'uitstel heeft een reden van minstens 10 tekens (art. 12 lid 3)',
  'art-12-3-late': 'uitstel kan alleen binnen de eerste maand (art. 12 lid 3)',
};

const STEPS_EN: Record<RequestRefusal, string> = {
  'V1-order': 'this step does not follow the one before; a request is handled first (V1)',
  'V1-date': 'the day lies before the step before, or in the future (V1)',
  'V1-period': 'the last day of lessons lies before the first (V1)',
  'V1-staff': 'staff ask about themselves; leave out the pupil (V1)',
  'B1-pupil': 'an objection names the pupil as "Leerling 3", as the register does (B1)',
  'V1-reason': 'who does not get everything is told why: at least 10 characters (V1, art. 12(4))',
  'V1-rule': 'the rule is missing, or does not go with this kind of request or outcome (V1)',
  'art-12-3-reason': 'an extension has a reason of at least 10 characters (art. 12(3))',
  'art-12-3-late': 'an extension is possible within the first month only (art. 12(3))',
};

const GRANTS_NL: Record<GrantRefusal, string> = {
  'V1-unseen': 'van een of meer dossiers van die dagen is niet nagegaan welke klas het is (V1)',
  'V1-copy':
    'een kopie waarin alle anderen onherkenbaar zijn, kan dit programma niet maken; antwoord "partly" en leg uit hoe het wel kan (V1)',
  'art-17-not-wiped': 'niet alle opnames zijn gewist (art. 17)',
  'art-18-not-held': 'de privacy officer heeft nog niet alle dossiers geblokkeerd (art. 18)',
  'art-21-not-registered': 'het bezwaar staat nog niet in het register (art. 21, B1)',
};

const GRANTS_EN: Record<GrantRefusal, string> = {
  'V1-unseen': 'of one or more dossiers of those days it was not found out which class it is (V1)',
  'V1-copy':
    'a copy in which all others are unrecognisable can not be made by this program; answer "partly" and say how it can be met (V1)',
  'art-17-not-wiped': 'not all recordings were wiped (art. 17)',
  'art-18-not-held': 'the privacy officer has not set a hold on all dossiers yet (art. 18)',
  'art-21-not-registered': 'the objection is not in the register yet (art. 21, B1)',
};

const GAPS_NL = {
  school: 'de naam van de school',
  privacyOfficer: 'de privacy officer',
  complaints: 'de klachtenroute',
};
const GAPS_EN = {
  school: "the school's name",
  privacyOfficer: 'the privacy officer',
  complaints: 'the complaint route',
};

const all = <Rule extends string>(rules: readonly Rule[], words: Record<Rule, string>) =>
  [...new Set(rules)].map((rule) => words[rule]).join('; ');

export const requestErrorsNl: Sentences = {
  'request-not-admitted': () =>
    'U hebt de sleutel van de verzoeken nog niet. Laat een collega die haar wel heeft één keer "onherkenbaar request list" doen.',
  'request-shortened': () =>
    'Er ontbreekt een verzoek dat er volgens het logboek is. Vraag de ict-beheerder om de map "requests" terug te zetten.',
  'request-unknown': ({ request }) => `Verzoek ${request} is er niet. Zie "onherkenbaar request list".`,
  'request-refused': ({ rules }) => `Dit kan niet: ${all(rules, STEPS_NL)}. Kijk het verzoek na.`,
  'request-not-grantable': ({ rules }) =>
    `Het verzoek kan zo niet worden ingewilligd: ${all(rules, GRANTS_NL)}. Doe dat eerst.`,
  'request-other-days': ({ dossier }) =>
    `Dossier ${dossier} is niet van de dagen van dit verzoek, of is er niet meer. Zie "onherkenbaar case list".`,
  'request-no-letter': () =>
    'Voor dit verzoek is er nog geen brief: het is niet beantwoord en niet uitgesteld. Doe dat eerst.',
  'request-letter-gap': ({ field }) =>
    `In het schoolprofiel ontbreekt ${GAPS_NL[field]}, en zonder is de brief niet volledig (B8). Vraag de beheerder om het profiel aan te vullen en te ondertekenen.`,
};

export const requestErrorsEn: Sentences = {
  'request-not-admitted': () =>
    'You do not have the key of the requests yet. Ask a colleague who has it to run "onherkenbaar request list" once.',
  'request-shortened': () =>
    'A request is missing that is there by the log. Ask the IT staff to restore the folder "requests".',
  'request-unknown': ({ request }) => `There is no request ${request}. See "onherkenbaar request list".`,
  'request-refused': ({ rules }) => `This can't be done: ${all(rules, STEPS_EN)}. Look at the request again.`,
  'request-not-grantable': ({ rules }) =>
    `The request can't be granted as it is: ${all(rules, GRANTS_EN)}. Do that first.`,
  'request-other-days': ({ dossier }) =>
    `Dossier ${dossier} is not of the days of this request, or is there no more. See "onherkenbaar case list".`,
  'request-no-letter': () =>
    'There is no letter for this request yet: it was neither answered nor extended. Do that first.',
  'request-letter-gap': ({ field }) =>
    `The school profile lacks ${GAPS_EN[field]}, without which the letter is not complete (B8). Ask the administrator to fill it in and sign it.`,
};
