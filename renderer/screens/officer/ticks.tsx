import { useId } from 'react';
import { Tick, type Option } from '../../ui/fields.tsx';

interface Props<T extends string> {
  readonly label: string;
  readonly chosen: readonly T[];
  readonly options: readonly Option<T>[];
  readonly onChange: (chosen: T[]) => void;
}

/** More than one may hold. */
export function Ticks<T extends string>({ label, chosen, options, onChange }: Props<T>) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className="stack">
      <span id={id} className="group-label">
        {label}
      </span>
      <div className="two">
        {options.map(({ value, label: name }) => (
          <Tick
            key={value}
            label={name}
            value={chosen.includes(value)}
            onChange={(on) => onChange(on ? [...chosen, value] : chosen.filter((each) => each !== value))}
          />
        ))}
      </div>
    </div>
  );
}
