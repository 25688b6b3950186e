import type { AnnotationOptions } from 'chartjs-plugin-annotation';

/** A dashed line across the chart at a value of an axis, with a word at its top or left end, unless it is empty. */
export function marker(
  axis: 'x' | 'y',
  value: number,
  word: string,
  colour: string,
  ground = 'transparent',
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
      display: word !== '',
      content: word,
      position: 'start',
      color: colour,
      backgroundColor: ground,
      font: { size: 12, weight: 'normal' },
      padding: 2,
      // Above a level line; a steep one passes behind it.
      yAdjust: axis === 'x' ? 0 : -9,
    },
  };
}
