import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BatchOffer, BatchView } from '../../../electron/ipc/views.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { clock } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Tick } from '../../ui/fields.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProgressList } from './progress-list.tsx';
import { TargetPanel } from './target-panel.tsx';
import type { Way } from './way.ts';

const LOOK_AGAIN_MS = 700;

/** Approved clips that go out together: choose, see whether they may, send, and see what became of each. */
export function Batch() {
  const { t } = useTranslation();
  const { fail, dismiss } = useApp();
  const [offer, setOffer] = useState<BatchOffer>();
  const [clips, setClips] = useState<ReadonlySet<string>>(new Set());
  const [ways, setWays] = useState<readonly Way[]>([]);
  const [batch, setBatch] = useState<BatchView>();
  const load = useCallback(() => call('batch.offer').then(setOffer, fail), [fail]);
  const look = useCallback(() => call('batch.state').then(setBatch, fail), [fail]);
  useEffect(() => {
    void load();
    void look();
  }, [load, look]);
  const running = batch?.running === true;
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => void look(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [running, look]);
  if (!offer) return null;
  const begin = async () => {
    const led = ways.map(({ target, direct, place, pageRead }) => ({
      ...{ target, pageRead },
      ...(direct ? { place } : {}),
    }));
    const checked = await call('batch.begin', { clips: [...clips], ways: led });
    if (checked) setBatch(checked);
    dismiss();
  };
  const toggle = (dossier: string, on: boolean) => {
    const next = new Set(clips);
    if (on) next.add(dossier);
    else next.delete(dossier);
    setClips(next);
  };
  const ready = clips.size > 0 && ways.length > 0 && ways.every(({ direct, place }) => !direct || place !== '');
  return (
    <div className="page">
      <div className="page-head">
        <div className="stack">
          <h1>{t('batch.title')}</h1>
          <p>{t('batch.hint')}</p>
        </div>
      </div>
      {batch ? (
        <Sending
          batch={batch}
          offer={offer}
          onStart={() => void call('batch.start').then(look, fail)}
          onStop={() => void call('batch.stop').then(look, fail)}
          onAgain={() => setBatch(undefined)}
        />
      ) : (
        <>
          <section className="card">
            <h2>{t('batch.clips')}</h2>
            {offer.clips.length === 0 && <Notice tone="info">{t('batch.noClips')}</Notice>}
            {offer.clips.map(({ dossier, label, milliseconds }) => (
              <Tick
                key={dossier}
                label={label}
                hint={milliseconds === undefined ? undefined : clock(milliseconds / 1000)}
                value={clips.has(dossier)}
                onChange={(on) => toggle(dossier, on)}
              />
            ))}
          </section>
          <section className="card">
            <h2>{t('batch.targets')}</h2>
            {offer.targets.length === 0 && <Notice tone="info">{t('batch.noTargets')}</Notice>}
            <Targets offer={offer} ways={ways} onChange={setWays} onSignedIn={() => void load()} />
          </section>
          <div className="row end">
            <Button look="main" isDisabled={!ready} onPress={() => void begin().catch(fail)}>
              {t('batch.check')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

interface TargetsProps {
  readonly offer: BatchOffer;
  readonly ways: readonly Way[];
  readonly onChange: (ways: readonly Way[]) => void;
  readonly onSignedIn: () => void;
}

function Targets({ offer, ways, onChange, onSignedIn }: TargetsProps) {
  return offer.targets.map((target) => {
    const way = ways.find((each) => each.target === target.id);
    const others = ways.filter((each) => each.target !== target.id);
    const direct = target.platform !== 'by-hand';
    const begun: Way = { target: target.id, direct, place: '', pageRead: false };
    return (
      <div key={target.id} className="stack">
        <Tick
          label={target.name}
          hint={target.host}
          value={way !== undefined}
          onChange={(on) => onChange(on ? [...others, begun] : others)}
        />
        {way && (
          <TargetPanel
            target={target}
            way={way}
            onChange={(next) => onChange([...others, next])}
            onSignedIn={onSignedIn}
          />
        )}
      </div>
    );
  });
}

interface SendingProps {
  readonly batch: BatchView;
  readonly offer: BatchOffer;
  readonly onStart: () => void;
  readonly onStop: () => void;
  readonly onAgain: () => void;
}

function Sending({ batch, offer, onStart, onStop, onAgain }: SendingProps) {
  const { t } = useTranslation();
  const { items, running } = batch;
  const held = items.some(({ state }) => state === 'held-back');
  const done = items.every(({ state }) => state === 'done');
  const begun = items.some(({ state }) => state === 'stopped' || state === 'failed' || state === 'done');
  const tone = held ? 'bad' : done ? 'good' : 'info';
  const said = held ? 'batch.noneMay' : done ? 'batch.allDone' : begun || running ? undefined : 'batch.allMay';
  return (
    <section className="card">
      {said && (
        <Notice tone={tone} live>
          {t(said)}
        </Notice>
      )}
      <ProgressList batch={batch} offer={offer} />
      <div className="row end">
        {!running && (
          <Button look="quiet" onPress={onAgain}>
            {t('batch.again')}
          </Button>
        )}
        {running ? (
          <Button onPress={onStop}>{t('batch.pause')}</Button>
        ) : (
          !held &&
          !done && (
            <Button look="main" onPress={onStart}>
              {t(begun ? 'batch.goOn' : 'batch.start')}
            </Button>
          )
        )}
      </div>
    </section>
  );
}
