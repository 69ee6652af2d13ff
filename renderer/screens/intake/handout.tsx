import { useTranslation } from 'react-i18next';
import type { Intake } from '../../../core/dossier/intake.ts';
import type { SchoolRules } from '../../../core/dossier/school-rules.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { day } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface Props {
  readonly intake: Intake;
  readonly school: SchoolRules;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** What pupils are told before the lesson (I1), on one page. */
export function Handout({ intake, school, open, onClose }: Props) {
  const { t } = useTranslation();
  const fail = useApp((state) => state.fail);
  const save = () => void call('shell.savePdf', { name: 'filmen-in-de-les' }).catch(fail);
  const when = intake.recordedOn === '' ? t('handout.someDay') : day(intake.recordedOn);
  return (
    <Dialog
      title={t('handout.title')}
      open={open}
      onClose={onClose}
      wide
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {t('common.close')}
          </Button>
          <Button look="main" onPress={save}>
            {t('handout.save')}
          </Button>
        </>
      }
    >
      <div className="handout">
        <p>{t('handout.what', { group: intake.group || t('handout.thisClass'), when })}</p>
        <h3>{t('handout.whyTitle')}</h3>
        <p>{t(`handout.why.${intake.purpose ?? 'teacher-training'}`)}</p>
        <h3>{t('handout.whoTitle')}</h3>
        <p>{t(`handout.who.${intake.purpose ?? 'teacher-training'}`)}</p>
        <h3>{t('handout.howTitle')}</h3>
        <p>{t('handout.how')}</p>
        <h3>{t('handout.longTitle')}</h3>
        <p>{t('handout.long', { ...school.lessonTerms })}</p>
        <h3>{t('handout.objectTitle')}</h3>
        <p>{t('handout.object')}</p>
      </div>
    </Dialog>
  );
}
