import { ProgressBar } from 'react-aria-components';

interface Props {
  readonly label: string;
  /** 0 to 1; undefined while it can't be told. */
  readonly share: number | undefined;
}

export function Progress({ label, share }: Props) {
  const waiting = share === undefined;
  return (
    <ProgressBar aria-label={label} isIndeterminate={waiting} value={(share ?? 0) * 100} className="progress">
      <div
        className={waiting ? 'progress-bar waiting' : 'progress-bar'}
        style={waiting ? {} : { inlineSize: `${share * 100}%` }}
      />
    </ProgressBar>
  );
}
