import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Affected, DataKind, IncidentCause, Measure, type IncidentFacts } from '../../../core/incidents/incident.ts';
import type { DossierDay } from '../../../electron/ipc/officer-views.ts';
import { incidentWords } from '../../../words/incident-words.ts';
import { Answers } from '../../ui/answers.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Choice, TextField } from '../../ui/fields.tsx';
import { dossierName } from './days.ts';
import { Ticks } from './ticks.tsx';

interface Props {
  readonly facts: IncidentFacts;
  readonly days: readonly DossierDay[];
  /** What was refused about it. */
  readonly problem: string | undefined;
  readonly onClose: () => void;
  readonly onDone: (facts: IncidentFacts) => void;
}

/** From few to many; what is not known yet stands last. */
const BANDS = [...Affected.options].sort((a, b) => rank(a) - rank(b));

function rank(band: Affected): number {
  return band === 'unknown' ? Number.POSITIVE_INFINITY : Number(/\d+/.exec(band)?.[0]) + (band.startsWith('>') ? 1 : 0);
}

/** It is known better now: the whole form anew. */
export function UpdateIncident({ facts, days, problem, onClose, onDone }: Props) {
  const { t, i18n } = useTranslation();
  const words = incidentWords(i18n.language === 'en' ? 'en' : 'nl');
  const [known, setKnown] = useState(facts);
  const set = (part: Partial<IncidentFacts>) => setKnown({ ...known, ...part });
  const named = <T extends string>(values: readonly T[], of: Record<T, string>) =>
    values.map((value) => ({ value, label: of[value] }));
  return (
    <Dialog
      title={t('incidents.update')}
      open
      wide
      onClose={onClose}
      actions={
        <Answers
          onCancel={onClose}
          onConfirm={() => onDone({ ...known, what: known.what.trim() })}
          confirm={t('incidents.save')}
          disabled={known.causes.length === 0 || known.kinds.length === 0}
        />
      }
    >
      <TextField
        label={t('incidents.what')}
        lines={3}
        value={known.what}
        most={600}
        onChange={(what) => set({ what })}
        error={problem}
      />
      <Ticks
        label={t('incidents.causes')}
        chosen={known.causes}
        options={named(IncidentCause.options, words.causes)}
        onChange={(causes) => set({ causes })}
      />
      <Ticks
        label={t('incidents.kinds')}
        chosen={known.kinds}
        options={named(DataKind.options, words.kinds)}
        onChange={(kinds) => set({ kinds })}
      />
      <Choice
        label={t('incidents.affected')}
        layout="row"
        value={known.affected}
        options={named(BANDS, words.affected)}
        onChange={(affected) => set({ affected })}
      />
      <Ticks
        label={t('incidents.measures')}
        chosen={known.measures}
        options={named(Measure.options, words.measures)}
        onChange={(measures) => set({ measures })}
      />
      {days.length > 0 && (
        <Ticks
          label={t('incidents.dossiers')}
          chosen={known.dossiers}
          options={days.map(({ dossier }) => ({ value: dossier, label: dossierName(dossier, days) }))}
          onChange={(dossiers) => set({ dossiers })}
        />
      )}
    </Dialog>
  );
}
