import { afterTextsEn } from './en/after.ts';
import { batchTextsEn } from './en/batch.ts';
import { caseTextsEn } from './en/case.ts';
import { editTextsEn } from './en/edit.ts';
import { intakeTextsEn } from './en/intake.ts';
import { officerTextsEn } from './en/officer.ts';
import { reviewTextsEn } from './en/review.ts';
import { schoolTextsEn } from './en/school.ts';
import { soundTextsEn } from './en/sound.ts';
import { startTextsEn } from './en/start.ts';
import type { Texts } from './nl.ts';

export const en: Texts = {
  ...startTextsEn,
  ...intakeTextsEn,
  ...caseTextsEn,
  ...editTextsEn,
  ...soundTextsEn,
  ...reviewTextsEn,
  ...schoolTextsEn,
  ...afterTextsEn,
  ...batchTextsEn,
  ...officerTextsEn,
};
