import type { ReactNode } from 'react';
import {
  Checkbox,
  FieldError,
  Input,
  Label,
  Radio,
  RadioGroup,
  Text,
  TextArea as BaseArea,
  TextField as BaseField,
} from 'react-aria-components';
import { Check } from 'lucide-react';

interface Common {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

interface TextProps extends Common {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly kind?: 'text' | 'password' | 'date' | 'time' | 'number';
  readonly lines?: number;
  readonly most?: number;
  readonly required?: boolean;
  readonly placeholder?: string;
}

export function TextField({
  label,
  hint,
  error,
  value,
  onChange,
  kind = 'text',
  lines,
  most,
  required,
  placeholder,
}: TextProps) {
  return (
    <BaseField
      className="field"
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined}
      isRequired={required ?? false}
      validationBehavior="aria"
      {...(most === undefined ? {} : { maxLength: most })}
    >
      <Label>{label}</Label>
      {hint !== undefined && <Text slot="description">{hint}</Text>}
      {lines === undefined ? (
        <Input type={kind} placeholder={placeholder ?? ''} />
      ) : (
        <BaseArea rows={lines} placeholder={placeholder ?? ''} />
      )}
      <FieldError>{error}</FieldError>
    </BaseField>
  );
}

export interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string | undefined;
}

interface ChoiceProps<T extends string> extends Common {
  readonly value: T | undefined;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
  readonly layout?: 'column' | 'row';
}

export function Choice<T extends string>({
  label,
  hint,
  error,
  value,
  options,
  onChange,
  layout = 'column',
}: ChoiceProps<T>) {
  const choose = (chosen: string) => {
    const option = options.find((each) => each.value === chosen);
    if (option) onChange(option.value);
  };
  return (
    <RadioGroup
      className="field"
      value={value ?? null}
      onChange={choose}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Label>{label}</Label>
      {hint !== undefined && <Text slot="description">{hint}</Text>}
      <div className={`options ${layout}`}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className="option">
            <span className="dot" aria-hidden />
            <span>
              <span className="option-label">{option.label}</span>
              {option.hint !== undefined && <span className="option-hint">{option.hint}</span>}
            </span>
          </Radio>
        ))}
      </div>
      <FieldError>{error}</FieldError>
    </RadioGroup>
  );
}

interface TickProps {
  readonly label: ReactNode;
  readonly hint?: string | undefined;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

export function Tick({ label, hint, value, onChange }: TickProps) {
  return (
    <Checkbox className="tick" isSelected={value} onChange={onChange}>
      <span className="tick-box" aria-hidden>
        <Check size={14} strokeWidth={3} />
      </span>
      <span>
        <span className="option-label">{label}</span>
        {hint !== undefined && <span className="option-hint">{hint}</span>}
      </span>
    </Checkbox>
  );
}
