import { FilePlus2, Send, Trash2 } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseLine, EndedLine } from '../../../core/dossier/case-line.ts';
import type { Draft } from '../../../core/dossier/draft.ts';
import { gateOf } from '../../../core/dossier/next-step.ts';
import { intakeRefusals } from '../../../core/dossier/intake.ts';
import type { Overview as OverviewView, Wiped } from '../../../electron/ipc/views.ts';
import { Gone } from '../../app/gone.tsx';
import { useApp } from '../../app/store.ts';
import { TaskList } from '../../app/task-list.tsx';
import { WipeDossier } from '../../app/wipe-dossier.tsx';
import { call } from '../../client.ts';
import { clock, day, daysUntil } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Ended } from './ended.tsx';
import { Gates } from './gates.tsx';
import { Hold } from './hold.tsx';

const LOOK_AGAIN_MS = 3000;

/** Open dossiers with what is next and until when they may be there. */
export function Overview() {
  const { t } = useTranslation();
  const { go, fail, ended } = useApp();
  const [seen, setSeen] = useState<OverviewView>();
  const [wiped, setWiped] = useState<Wiped>();
  const [gone, setGone] = useState<readonly EndedLine[]>([]);
  const load = useCallback(async () => {
    try {
      setSeen(await call('cases.overview'));
      setGone(await call('cases.ended'));
    } catch (error) {
      fail(error);
    }
  }, [fail]);
  useEffect(() => void load(), [load, ended]);
  const busy = seen?.cases.some(({ step }) => step === 'busy') ?? false;
  useEffect(() => {
    if (!busy) return undefined;
    // Somebody else's turn ends by itself.
    const timer = setInterval(() => void load(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [busy, load]);
  const close = () => {
    setWiped(undefined);
    void load();
  };
  const begin = () => void call('draft.begin').then((draft) => go({ at: 'intake', draft }), fail);
  const none = seen && seen.cases.length === 0 && seen.drafts.length === 0;
  return (
    <div className="page">
      <div className="page-head">
        <div className="stack">
          <h1>{t('overview.title')}</h1>
          <p>{t('overview.hint')}</p>
        </div>
        {seen?.cases.some(({ step }) => step === 'export') === true && (
          <Button icon={<Send size={18} aria-hidden />} onPress={() => go({ at: 'batch' })}>
            {t('batch.title')}
          </Button>
        )}
        {!none && (
          <Button look="main" icon={<FilePlus2 size={18} aria-hidden />} onPress={begin}>
            {t('overview.new')}
          </Button>
        )}
      </div>
      {wiped && <Gone wiped={wiped} onClose={close} />}
      {none && (
        <div className="empty">
          <h2>{t('overview.none')}</h2>
          <p>{t('overview.noneHint')}</p>
          <Button look="main" icon={<FilePlus2 size={18} aria-hidden />} onPress={begin}>
            {t('overview.first')}
          </Button>
        </div>
      )}
      {seen && !none && (
        <ul className="stack">
          {seen.drafts.map((draft) => (
            <DraftRow key={draft.id} draft={draft} onRemoved={() => void load()} />
          ))}
          {seen.cases.map((line) => (
            <CaseRow key={line.id} line={line} onWiped={setWiped} onChanged={() => void load()} />
          ))}
        </ul>
      )}
      {/* A wipe leaves tasks: they are looked for anew after one. */}
      <TaskList key={wiped ? 'wiped' : ''} onChanged={() => void load()} />
      <Ended ended={gone} onChanged={() => void load()} />
    </div>
  );
}

function DraftRow({ draft, onRemoved }: { readonly draft: Draft; readonly onRemoved: () => void }) {
  const { t } = useTranslation();
  const { go, fail } = useApp();
  const { intake, id } = draft;
  const open = intakeRefusals(intake).length;
  return (
    <li className="dossier">
      <div>
        <p className="dossier-name">{intake.label || t('overview.unnamed')}</p>
        <p className="small soft">{open > 0 ? t('overview.draftOpen', { count: open }) : t('overview.draftReady')}</p>
        <Gates gate="G0" />
      </div>
      <span className="small soft">{t('overview.noRecording')}</span>
      <div className="row">
        <Button
          look="quiet"
          size="s"
          aria-label={t('overview.removeDraft')}
          icon={<Trash2 size={16} aria-hidden />}
          onPress={() => void call('draft.remove', { id }).then(onRemoved, fail)}
        />
        <Button
          look={open > 0 ? 'plain' : 'main'}
          onPress={() => go(open > 0 ? { at: 'intake', draft: id } : { at: 'import', draft: id })}
        >
          {open > 0 ? t('overview.goOn') : t('overview.addRecording')}
        </Button>
      </div>
    </li>
  );
}

const STEPS = {
  analyse: 'analyse',
  edit: 'edit',
  'hand-in': 'hand-in',
  review: 'hand-in',
  judge: 'review',
  'put-right': 'hand-in',
  export: 'hand-in',
  wipe: 'hand-in',
  assess: 'hand-in',
  'wipe-assessed': 'hand-in',
} as const;
const SOON_DAYS = 7;

interface RowProps {
  readonly line: CaseLine;
  readonly onWiped: (wiped: Wiped) => void;
  readonly onChanged: () => void;
}

function CaseRow({ line, onWiped, onChanged }: RowProps) {
  const { t } = useTranslation();
  const { go, job, shell } = useApp();
  const { id, label, group, recordedOn, milliseconds, due, dueRule, held, step } = line;
  const left = daysUntil(due);
  const where = step in STEPS ? STEPS[step as keyof typeof STEPS] : undefined;
  const working = job?.dossier === id;
  return (
    <li className="dossier">
      <div>
        <p className="dossier-name">{label ?? t('overview.notYours')}</p>
        <p className="small soft">
          {[group, day(recordedOn), milliseconds === undefined ? undefined : clock(milliseconds / 1000)]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <Gates gate={step === 'analyse' ? 'G1' : (gateOf(step) ?? 'G2')} />
      </div>
      <div className="small">
        <p className={left <= SOON_DAYS ? 'tag warn' : 'tag'}>
          {held ? t('overview.held') : t('overview.due', { count: left })}
        </p>
        <p className="soft" title={t(`overview.rule.${dueRule}`)}>
          {day(due)}
        </p>
      </div>
      <div className="row end">
        {/* Also where nothing else can be done, as without a profile that stands: wiping is always possible (R1). */}
        {label !== undefined && !working && !held && <WipeDossier id={id} onWiped={onWiped} small />}
        {shell?.unlocked?.role === 'privacy-officer' && <Hold id={id} held={held} onChanged={onChanged} />}
        {where ? (
          <Button look={step === 'review' ? 'plain' : 'main'} onPress={() => go({ at: 'case', id, step: where })}>
            {working ? t('overview.working') : t(`overview.next.${step}`)}
          </Button>
        ) : (
          <span className="tag warn">{t(`overview.next.${step}`)}</span>
        )}
      </div>
    </li>
  );
}
