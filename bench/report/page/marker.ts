import type { AnnotationOptions } from 'chartjs-plugin-annotation';

/** A dashed line across the chart at a value of an axis, with a word at its end. */
export function marker(
  axis: 'x' | 'y',
  value: number,
  word: string,
  colour: string,
): AnnotationOptions<'line'> {
  return {
    type: 'line',
    scaleID: axis,
    value,
    borderColor: colour,
    borderWidth: 1.5,
    borderDash: [5, 4],
    drawTime: 'beforeDatasetsDraw',
    label: {
      display: true,
      content: word,
      position: axis === 'x' ? 'end' : 'start',
      color: colour,
      backgroundColor: 'transparent',
      font: { size: 12, weight: 'normal' },
      padding: 2,
      ...(axis === 'x' ? { xAdjust: 0 } : { yAdjust: -9 }),
    },
  };
}
