import { EyeOff, Link2, PersonStanding, Scissors, SquareSplitHorizontal, Unlink2, UserCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { canSplit, decideLane, joinLanes, partLane, splitLane } from '../../../core/decision/lane-edit.ts';
import type { CaseView } from '../../../electron/ipc/views.ts';
import { Answers } from '../../ui/answers.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Choice } from '../../ui/fields.tsx';
import { Notice } from '../../ui/notice.tsx';
import { selectedLane, useEdit } from './store.ts';

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
    if (selected !== undefined && analysis) edit(decideLane(analysis.id, selected, wanted));
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
      <Arrange />
      <Keep view={view} open={keeping} onClose={() => setKeeping(false)} />
    </div>
  );
}

/** Puts right who is who: one track that is two people, two tracks that are one. */
function Arrange() {
  const { t } = useTranslation();
  const state = useEdit();
  const { analysis, edit, set, shown, joining, laneOf } = state;
  const lane = selectedLane(state);
  if (!lane || !analysis) return null;
  const other = joining === undefined ? undefined : laneOf.get(joining);
  const join = () => {
    if (!other) return set({ joining: lane.id });
    set({ joining: undefined });
    if (other !== lane) edit(joinLanes(analysis.id, other, lane));
  };
  return (
    <>
      <Button
        size="s"
        look="quiet"
        isDisabled={!canSplit(lane, shown)}
        icon={<SquareSplitHorizontal size={ICON} aria-hidden />}
        onPress={() => edit(splitLane(analysis.id, lane, shown))}
      >
        {t('edit.split')}
      </Button>
      <Button
        size="s"
        look={other && other !== lane ? 'main' : 'quiet'}
        pressed={other !== undefined}
        icon={<Link2 size={ICON} aria-hidden />}
        onPress={join}
      >
        {other && other !== lane ? t('edit.joinWith', { track: other.id }) : t('edit.join')}
      </Button>
      {lane.parts.length > 1 && (
        <Button
          size="s"
          look="quiet"
          icon={<Unlink2 size={ICON} aria-hidden />}
          onPress={() => edit(partLane(analysis.id, lane))}
        >
          {t('edit.partAgain')}
        </Button>
      )}
    </>
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
    edit(decideLane(analysis.id, selected, 'keep', who));
    onClose();
  };
  return (
    <Dialog
      title={t('keep.title')}
      open={open}
      onClose={onClose}
      actions={<Answers onCancel={onClose} onConfirm={keep} confirm={t('keep.now')} disabled={who === undefined} />}
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
