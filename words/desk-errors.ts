import type { DeskError } from '../core/desk/errors.ts';
import type { HandInRefusal } from '../core/dossier/hand-in.ts';
import type { ApprovalRefusal } from '../core/review/assessment.ts';

type Sentences = { [Code in DeskError['code']]: (error: Extract<DeskError, { code: Code }>) => string };

export const HAND_IN_NL: Record<HandInRefusal, string> = {
  'intake-missing': 'De vragen vooraf zijn niet beantwoord.',
  'intake-incomplete': 'De vragen vooraf zijn niet allemaal beantwoord.',
  'objections-open': 'Van een leerling met bezwaar is nog niet gezegd hoe dat is opgelost.',
  'objections-late':
    'Er is een bezwaar bij gekomen. Open het dossier: het staat bij de bezwaren en moet eerst worden opgelost.',
  'resolution-not-here': 'Een bezwaar is opgelost op een manier die deze school niet toestaat. Kies een andere.',
  'kept-not-staff': 'Er blijft iemand in beeld die geen collega met toestemming is.',
  'not-rendered': 'Er is nog geen clip die de controle heeft doorstaan.',
  'already-handed-in': 'Deze clip ligt al bij de schoolopleider.',
  'sent-back': 'De schoolopleider stuurde deze clip terug. Verander wat gevraagd is en maak de clip opnieuw.',
  'on-hold': 'Op deze opname staat een blokkade: ze mag alleen worden bewaard. Vraag de privacy officer.',
  'sound-not-here': 'Deze clip heeft meer geluid dan de school nu toestaat. Maak de clip opnieuw.',
  'checked-before': 'Deze clip is door een oudere controle gegaan. Maak de clip opnieuw.',
  rejected: 'De schoolopleider keurde deze opname af. Ze kan niet worden aangeboden en moet worden gewist.',
};

export const HAND_IN_EN: Record<HandInRefusal, string> = {
  'intake-missing': 'The questions beforehand were not answered.',
  'intake-incomplete': 'Not all questions beforehand were answered.',
  'objections-open': 'For a pupil who objects it was not said how that was met.',
  'objections-late': 'An objection came in. Open the dossier: it is among the objections and has to be met first.',
  'resolution-not-here': 'An objection was met in a way that this school does not allow. Choose another.',
  'kept-not-staff': 'Someone stays in view who is not a colleague with consent.',
  'not-rendered': 'There is no clip yet that has passed the check.',
  'already-handed-in': 'This clip is with the school trainer already.',
  'sent-back': 'The school trainer sent this clip back. Change what was asked and make the clip again.',
  'on-hold': 'There is a hold on this recording: it may be kept, and nothing else. Ask the privacy officer.',
  'sound-not-here': 'This clip has more sound than the school allows by now. Make the clip again.',
  'checked-before': 'This clip went through an older check. Make the clip again.',
  rejected: 'The school trainer rejected this recording. It cannot be handed in and has to be wiped.',
};

export const REVIEW_NL: Record<ApprovalRefusal, string> = {
  'not-handed-in': 'Deze clip is niet (meer) aangeboden.',
  'not-yours': 'Deze clip is aan een andere schoolopleider aangeboden.',
  'own-work': 'U werkte zelf aan deze opname. Een ander moet haar beoordelen.',
  'clip-differs': 'De clip is niet meer de clip die is aangeboden. De maker moet haar opnieuw aanbieden.',
  'not-watched': 'De clip is nog niet helemaal bekeken. Doorspoelen telt niet.',
  'residual-open': 'Nog niet alle vragen over wat de software niet ziet zijn beantwoord.',
  'residual-present': 'Er is nog iets herkenbaars in de clip. Stuur haar terug om het te laten verhelpen.',
  'report-failed': 'Een latere controle van deze opname slaagde niet. De maker moet de clip opnieuw maken.',
  'not-ready':
    'Niet alles is in orde wat bij het aanbieden in orde moest zijn (vragen, bezwaren, wie in beeld blijft), of er staat een blokkade op de opname.',
  'no-profile': 'Er is geen schoolprofiel dat geldt. De beheerder moet het ondertekenen.',
};

export const REVIEW_EN: Record<ApprovalRefusal, string> = {
  'not-handed-in': 'This clip is not handed in (any more).',
  'not-yours': 'This clip was handed in to another school trainer.',
  'own-work': 'You worked on this recording yourself. Someone else has to judge it.',
  'clip-differs': 'The clip is no longer the one that was handed in. Its maker has to hand it in again.',
  'not-watched': 'Not all of the clip was watched yet. Seeking does not count.',
  'residual-open': 'Not all questions on what the software cannot see are answered.',
  'residual-present': 'Something recognisable is left in the clip. Send it back to have it put right.',
  'report-failed': 'A later check of this recording did not pass. Its maker has to make the clip again.',
  'not-ready':
    'Not all is in order that had to be when it was handed in (answers, objections, who stays in view), or there is a hold on the recording.',
  'no-profile': 'There is no school profile that holds. The administrator has to sign it.',
};

export const deskErrorsNl: Sentences = {
  'desk-locked': () => 'De kluis is vergrendeld. Ontgrendel haar en ga verder.',
  'desk-no-vault': () => 'Er is nog geen kluis gekozen. Kies de map van de kluis, of maak er een.',
  'desk-no-dossier': () => 'Dit dossier is niet meer open. Open het opnieuw vanuit het overzicht.',
  'desk-job-running': () => 'Er loopt nog werk. Wacht tot het klaar is, of stop het eerst.',
  'desk-source-unknown': () => 'Deze opname is niet meer bekend. Kies het bestand opnieuw.',
  'desk-source-differs': () =>
    'Dit bestand is niet (meer) gelijk aan wat in de kluis staat. Het is niet gewist; kijk na of je het juiste bestand hebt.',
  'keep-not-staff': ({ track }) =>
    `${track} kan niet in beeld blijven: alleen collega’s die bij de vragen vooraf met toestemming zijn genoemd.`,
  'hand-in-person': () =>
    'Aanbieden kan alleen aan een schoolopleider die niet zelf aan deze opname werkte. Kies iemand anders.',
  'desk-not-analysed': () => 'In deze opname is nog niet naar gezichten gezocht. Doe dat eerst.',
  'desk-draft-unknown': () => 'Dit concept bestaat niet meer. Ga terug naar het overzicht.',
  'desk-host-gone': () =>
    'Het onderdeel dat de video verwerkt is gestopt. Er is niets verloren: ontgrendel opnieuw en ga verder waar je was.',
  'desk-unexpected': () => 'Er ging iets mis dat niet had mogen gebeuren. Probeer het opnieuw; er is niets verloren.',
  'intake-refused': () => 'Nog niet alle vragen zijn zo beantwoord dat de opname erin mag. Kijk de rode punten na.',
  'hand-in-refused': ({ reasons }) => reasons.map((reason) => HAND_IN_NL[reason]).join(' '),
  'review-refused': ({ reasons }) => reasons.map((reason) => REVIEW_NL[reason]).join(' '),
};

export const deskErrorsEn: Sentences = {
  'desk-locked': () => 'The vault is locked. Unlock it and go on.',
  'desk-no-vault': () => 'No vault has been chosen. Choose its folder, or make one.',
  'desk-no-dossier': () => 'This dossier is no longer open. Open it again from the overview.',
  'desk-job-running': () => 'Work is still going on. Wait until it is done, or stop it first.',
  'desk-source-unknown': () => 'This recording is no longer known. Choose the file again.',
  'desk-source-differs': () =>
    'This file does not equal what is in the vault (any more). It was not wiped; see whether it is the right file.',
  'keep-not-staff': ({ track }) =>
    `${track} cannot stay in view: only colleagues who were named with consent in the questions beforehand.`,
  'hand-in-person': () =>
    'A clip is handed in to a school trainer who did not work on this recording. Choose someone else.',
  'desk-not-analysed': () => 'Nobody has looked for faces in this recording yet. Do that first.',
  'desk-draft-unknown': () => 'This draft is no longer there. Go back to the overview.',
  'desk-host-gone': () =>
    'The part that handles the video stopped. Nothing was lost: unlock again and go on where you were.',
  'desk-unexpected': () => 'Something went wrong that should not have. Try again; nothing was lost.',
  'intake-refused': () =>
    'Not all questions are answered in such a way that the recording may come in. See the red points.',
  'hand-in-refused': ({ reasons }) => reasons.map((reason) => HAND_IN_EN[reason]).join(' '),
  'review-refused': ({ reasons }) => reasons.map((reason) => REVIEW_EN[reason]).join(' '),
};
