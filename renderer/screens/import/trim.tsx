import { useTranslation } from 'react-i18next';
import { clock } from '../../i18n/format.ts';
import { Choice, TextField } from '../../ui/fields.tsx';

/** As typed: `12:30`, `1:02:30` or seconds. */
export interface Trimmed {
  readonly from: string;
  readonly to: string;
}

/** @returns seconds; undefined for what is no time */
function secondsOf(text: string): number | undefined {
  const match = /^(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})(?:[.,](\d))?$/.exec(text.trim());
  if (!match) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0', tenth = '0'] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(tenth) / 10;
}

/** @returns undefined when it can't be taken from a recording of that length */
export function fragmentOf({ from, to }: Trimmed, length: number): { from: number; to: number } | undefined {
  const [start, end] = [secondsOf(from), secondsOf(to)];
  // What is shown as the end is rounded.
  return start !== undefined && end !== undefined && start < end && end <= Math.ceil(length) + 1
    ? { from: start, to: end }
    : undefined;
}

interface Props {
  readonly seconds: number;
  readonly trimmed: Trimmed | undefined;
  readonly onChange: (trimmed: Trimmed | undefined) => void;
}

/** What of the recording comes in: what stays behind need not be protected, or wiped (V5). */
export function Trim({ seconds, trimmed, onChange }: Props) {
  const { t } = useTranslation();
  const wrong = trimmed && fragmentOf(trimmed, seconds) === undefined;
  return (
    <>
      <Choice
        label={t('import.trim')}
        hint={t('import.trimHint')}
        value={trimmed ? 'part' : 'whole'}
        options={[
          { value: 'whole', label: t('import.trimWhole') },
          { value: 'part', label: t('import.trimPart') },
        ]}
        onChange={(value) => onChange(value === 'part' ? { from: '0:00', to: clock(seconds) } : undefined)}
      />
      {trimmed && (
        <div className="row">
          <TextField
            label={t('import.trimFrom')}
            value={trimmed.from}
            most={9}
            onChange={(from) => onChange({ ...trimmed, from })}
          />
          <TextField
            label={t('import.trimTo')}
            value={trimmed.to}
            most={9}
            onChange={(to) => onChange({ ...trimmed, to })}
            error={wrong ? t('import.trimWrong', { length: clock(seconds) }) : undefined}
          />
        </div>
      )}
    </>
  );
}
