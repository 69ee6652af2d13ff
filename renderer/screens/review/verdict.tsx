import { CircleCheck, CircleX, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewView } from '../../../core/review/assessment.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Notice } from '../../ui/notice.tsx';

const ICON = 16;
const MOST = 600;
type Kind = 'approve' | 'sendBack' | 'reject';

interface Props {
  readonly review: ReviewView;
  readonly onJudged: () => void;
}

/** Approve, send back or reject; each is asked once more, with what it means. */
export function Verdict({ review, onJudged }: Props) {
  const { t } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [asked, setAsked] = useState<Kind>();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const judge = async (kind: Kind) => {
    setBusy(true);
    try {
      if (kind === 'approve') await call('review.approve');
      else await call(`review.${kind}`, { reason: reason.trim() });
      setAsked(undefined);
      onJudged();
    } catch (error) {
      setAsked(undefined);
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="row wrap">
      <Button
        look="main"
        icon={<CircleCheck size={ICON} aria-hidden />}
        isDisabled={review.refusals.length > 0}
        onPress={() => setAsked('approve')}
      >
        {t('review.approve')}
      </Button>
      <Button icon={<Undo2 size={ICON} aria-hidden />} onPress={() => setAsked('sendBack')}>
        {t('review.sendBack')}
      </Button>
      <Button look="danger" icon={<CircleX size={ICON} aria-hidden />} onPress={() => setAsked('reject')}>
        {t('review.reject')}
      </Button>
      {asked && (
        <Dialog
          title={t(`review.${asked}`)}
          open
          onClose={() => setAsked(undefined)}
          actions={
            <>
              <Button look="quiet" onPress={() => setAsked(undefined)}>
                {t('common.cancel')}
              </Button>
              <Button
                look={asked === 'reject' ? 'danger' : 'main'}
                isDisabled={busy || (asked !== 'approve' && reason.trim() === '')}
                onPress={() => void judge(asked)}
              >
                {t(`review.${asked}Now`)}
              </Button>
            </>
          }
        >
          <p className="soft">{t(`review.${asked}Hint`)}</p>
          {asked !== 'approve' && (
            <TextField label={t('review.reason')} value={reason} lines={4} most={MOST} onChange={setReason} />
          )}
          {asked === 'sendBack' && review.comments.length > 0 && (
            <Notice tone="info">{t('review.commentsGoAlong', { count: review.comments.length })}</Notice>
          )}
        </Dialog>
      )}
    </div>
  );
}
