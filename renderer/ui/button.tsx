import type { ReactNode } from 'react';
import { Button as Base, type ButtonProps } from 'react-aria-components';

interface Props extends Omit<ButtonProps, 'className' | 'style' | 'children'> {
  readonly look?: 'main' | 'plain' | 'quiet' | 'danger';
  readonly size?: 'm' | 's';
  readonly icon?: ReactNode;
  /** For a button that stands for a state. */
  readonly pressed?: boolean;
  readonly children?: ReactNode;
}

export function Button({ look = 'plain', size = 'm', icon, pressed, children, ...rest }: Props) {
  return (
    <Base
      {...rest}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      className={`button ${look} ${size}`}
    >
      {icon}
      {children !== undefined && <span>{children}</span>}
    </Base>
  );
}
