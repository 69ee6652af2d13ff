import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemState } from '../../../core/delivery/item-state.ts';
import type { BatchOffer, BatchView } from '../../../electron/ipc/views.ts';
import { deliveryReason } from '../../../words/delivery-errors.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { say } from '../../i18n/errors.ts';
import { bytes, clock } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';

interface Props {
  readonly batch: BatchView;
  readonly offer: BatchOffer;
}

/** Each delivery with how far it is, and all of them together. */
export function ProgressList({ batch: { items, running }, offer }: Props) {
  const { t } = useTranslation();
  const total = items.reduce((sum, each) => sum + each.total, 0);
  const done = items.reduce((sum, each) => sum + (each.state === 'done' ? each.total : each.done), 0);
  const speed = items.find(({ state }) => state === 'sending')?.bytesPerSecond ?? 0;
  const left = speed > 0 ? clock((total - done) / speed) : '–';
  return (
    <div className="stack">
      {running && total > 0 && (
        <p aria-live="polite" className="small soft">
          {t('batch.total', { done: bytes(done), total: bytes(total), speed: bytes(speed), left })}
        </p>
      )}
      <ul className="stack">
        {items.map((item) => (
          <Item key={`${item.dossier} ${item.target}`} item={item} offer={offer} />
        ))}
      </ul>
    </div>
  );
}

function Item({ item, offer }: { readonly item: ItemState; readonly offer: BatchOffer }) {
  const { t, i18n } = useTranslation();
  const { dossier, target, state, done, total, delivery, error, waiting } = item;
  const clip = offer.clips.find((each) => each.dossier === dossier)?.label ?? dossier;
  const known = offer.targets.find(({ id }) => id === target);
  const name = t('batch.item', { clip, target: known?.name ?? target });
  return (
    <li className="card sunken stack">
      <div className="row">
        <p className="option-label">{name}</p>
        <span className={state === 'failed' || state === 'held-back' ? 'tag warn' : 'tag'}>
          {t(`batch.states.${state}`)}
        </span>
      </div>
      {(state === 'sending' || state === 'checking') && (
        <Progress label={name} share={state === 'sending' && total > 0 ? done / total : undefined} />
      )}
      {waiting && <p className="small soft">{deliveryReason(waiting, i18n.language === 'en' ? 'en' : 'nl')}</p>}
      {error && <p className="small">{say(error)}</p>}
      {state === 'done' && delivery !== undefined && <p className="small soft">{t('batch.delivery', { delivery })}</p>}
      {state === 'done' && delivery !== undefined && known?.platform === 'filesender' && (
        <Password delivery={delivery} />
      )}
    </li>
  );
}

/** Shown when it is asked for: whoever looks over a shoulder has it too. */
function Password({ delivery }: { readonly delivery: string }) {
  const { t } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [password, setPassword] = useState<string>();
  if (password === undefined)
    return (
      <div className="row">
        <Button size="s" onPress={() => void call('portal.password', { delivery }).then(setPassword, fail)}>
          {t('batch.password')}
        </Button>
      </div>
    );
  return (
    <Notice tone="info" live title={password}>
      {t('batch.passwordHint')}
    </Notice>
  );
}
