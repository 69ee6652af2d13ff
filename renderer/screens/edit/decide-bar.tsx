import { EyeOff, PersonStanding, Scissors, UserCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decideTrack } from '../../../core/decision/edit.ts';
import type { CaseView } from '../../../electron/ipc/views.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Choice } from '../../ui/fields.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useEdit } from './store.ts';

const ICON = 16;

interface Props {
  readonly view: CaseView;
  readonly keeping: boolean;
  readonly setKeeping: (keeping: boolean) => void;
}

/** What happens to the face that is chosen. */
export function DecideBar({ view, keeping, setKeeping }: Props) {
  const { t } = useTranslation();
  const { selected, analysis, edit, history } = useEdit();
  const treatment = selected === undefined ? undefined : (history.present.tracks[selected] ?? 'hide');
  const decide = (wanted: 'hide' | 'hide-body' | 'cut') => {
    if (selected !== undefined && analysis) edit(decideTrack(analysis.id, selected, wanted));
  };
  if (selected === undefined) return <p className="decide soft small">{t('edit.chooseTrack')}</p>;
  const because = history.present.because[selected];
  return (
    <div className="decide" role="group" aria-label={t('edit.decide', { track: selected })}>
      <span className="small numbers">
        {selected}
        {because === undefined ? '' : ` · ${because}`}
      </span>
      <Button
        size="s"
        look={treatment === 'hide' ? 'main' : 'plain'}
        pressed={treatment === 'hide'}
        icon={<EyeOff size={ICON} aria-hidden />}
        onPress={() => decide('hide')}
      >
        {t('treatments.hide')}
      </Button>
      <Button
        size="s"
        look={treatment === 'hide-body' ? 'main' : 'plain'}
        pressed={treatment === 'hide-body'}
        icon={<PersonStanding size={ICON} aria-hidden />}
        onPress={() => decide('hide-body')}
      >
        {t('treatments.hide-body')}
      </Button>
      <Button
        size="s"
        look={treatment === 'keep' ? 'main' : 'plain'}
        pressed={treatment === 'keep'}
        icon={<UserCheck size={ICON} aria-hidden />}
        onPress={() => setKeeping(true)}
      >
        {t('treatments.keep')}
      </Button>
      <Button
        size="s"
        look={treatment === 'cut' ? 'main' : 'plain'}
        pressed={treatment === 'cut'}
        icon={<Scissors size={ICON} aria-hidden />}
        onPress={() => decide('cut')}
      >
        {t('treatments.cut')}
      </Button>
      <Keep view={view} open={keeping} onClose={() => setKeeping(false)} />
    </div>
  );
}

interface KeepProps {
  readonly view: CaseView;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Only staff who agreed may stay in view; who says so is remembered with it. */
function Keep({ view, open, onClose }: KeepProps) {
  const { t } = useTranslation();
  const { selected, analysis, edit } = useEdit();
  const staff = (view.state.intake?.staff ?? []).filter(({ consentOn }) => consentOn !== '');
  const [who, setWho] = useState<string>();
  // Chosen anew each time: a name left over would put a pupil under it with one press.
  useEffect(() => setWho(undefined), [open]);
  const keep = () => {
    if (selected === undefined || !analysis || who === undefined) return;
    edit(decideTrack(analysis.id, selected, 'keep', who));
    onClose();
  };
  return (
    <Dialog
      title={t('keep.title')}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {t('common.cancel')}
          </Button>
          <Button look="main" isDisabled={who === undefined} onPress={keep}>
            {t('keep.now')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('keep.hint')}</p>
      {staff.length === 0 ? (
        <Notice tone="warn">{t('keep.nobody')}</Notice>
      ) : (
        <Choice
          label={t('keep.who')}
          value={who}
          options={staff.map(({ name }) => ({ value: name, label: name }))}
          onChange={setWho}
        />
      )}
    </Dialog>
  );
}
