/** Of every tag that the harness gives k6's rows: a script's own tags may have any other name. */
export const tagPrefix = 'bench_';
