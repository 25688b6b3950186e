import { BenchError } from '../../base/errors.ts';
import type { Row } from './row.ts';

const names = {
  metric: 'metric_name',
  time: 'timestamp',
  value: 'metric_value',
  status: 'status',
  errorCode: 'error_code',
  tags: 'extra_tags',
  metadata: 'metadata',
} as const;

/** Where in a row each thing stands; k6 orders its columns by the system tags it was told to write. */
export type Columns = Readonly<Record<keyof typeof names, number>> & {
  /** Fields in every row. */
  readonly count: number;
  /** Fields up to the last of metric, time and value, which is all that most rows are asked for. */
  readonly head: number;
  /** Metric, time and value come first, in this order, as k6 2 has it. */
  readonly isUsual: boolean;
};

/** The columns that the header names. Throws a BenchError (fault) for a file that is not k6's or lacks one. */
export function readHeader(row: Row): Columns {
  const header = Array.from({ length: row.fields }, (_, field) => row.text(field));
  const missing = Object.values(names).filter((name) => !header.includes(name));
  if (missing.length > 0)
    throw new BenchError(
      'fault',
      `The samples lack the columns ${missing.join(', ')}.`,
      'Run k6 with --out csv=… and --system-tags status,error_code,vu,iter.',
    );
  const at = (key: keyof typeof names): number => header.indexOf(names[key]);
  return {
    metric: at('metric'),
    time: at('time'),
    value: at('value'),
    status: at('status'),
    errorCode: at('errorCode'),
    tags: at('tags'),
    metadata: at('metadata'),
    count: header.length,
    isUsual: at('metric') === 0 && at('time') === 1 && at('value') === 2,
    head: 1 + Math.max(at('metric'), at('time'), at('value')),
  };
}
