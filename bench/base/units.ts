/** A duration in milliseconds. */
export type Millis = number;
/** A duration in seconds. */
export type Seconds = number;
/** A point in time, microseconds since the Unix epoch: the resolution of k6's rows. */
export type UnixMicros = number;
/** A point in time, milliseconds since the Unix epoch. */
export type UnixMillis = number;
/** Events per second. */
export type PerSecond = number;

/** Milliseconds for people: three significant digits below 10, otherwise whole or tenths. */
export function formatMillis(ms: Millis): string {
  if (ms >= 100) return ms.toFixed(0);
  return ms >= 10 ? ms.toFixed(1) : ms.toFixed(2);
}

/** Seconds for people: `0.4 s`, `12 s`, `2 min 05 s`. */
export function formatSeconds(seconds: Seconds): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}
