import { afterTextsNl } from './nl/after.ts';
import { batchTextsNl } from './nl/batch.ts';
import { caseTextsNl } from './nl/case.ts';
import { editTextsNl } from './nl/edit.ts';
import { intakeTextsNl } from './nl/intake.ts';
import { officerTextsNl } from './nl/officer.ts';
import { reviewTextsNl } from './nl/review.ts';
import { schoolTextsNl } from './nl/school.ts';
import { soundTextsNl } from './nl/sound.ts';
import { startTextsNl } from './nl/start.ts';

export const nl = {
  ...startTextsNl,
  ...intakeTextsNl,
  ...caseTextsNl,
  ...editTextsNl,
  ...soundTextsNl,
  ...reviewTextsNl,
  ...schoolTextsNl,
  ...afterTextsNl,
  ...batchTextsNl,
  ...officerTextsNl,
};
/** What every other language must have, key for key. */
export type Texts = typeof nl;
