import { z } from 'zod';

/** Names something on the other side that the screen must not know the path of. */
export const Token = z.string().regex(/^[0-9a-f]{32}$/);

export interface Call<By extends 'shell' | 'host', In extends z.ZodType, Out> {
  readonly in: In;
  /** Where it is answered: by the shell, or by the host that holds keys and footage. */
  readonly by: By;
  readonly out?: Out;
}

/** The type of the answer has no check of its own: both ends are ours, and only the asking end is exposed. */
export function call<Out>() {
  return <By extends 'shell' | 'host', In extends z.ZodType>(by: By, input: In): Call<By, In, Out> => ({
    in: input,
    by,
  });
}

export const nothing = z.undefined();
