/** Where a key leads from a cell of a grid, cells counted row by row; undefined: nowhere. */
export function gridStep(
  key: string,
  from: number,
  columns: number,
  cells: number,
): number | undefined {
  const rowStart = from - (from % columns);
  const to = {
    ArrowLeft: from > rowStart ? from - 1 : undefined,
    ArrowRight: from < rowStart + columns - 1 ? from + 1 : undefined,
    ArrowUp: from - columns,
    ArrowDown: from + columns,
    Home: rowStart,
    End: rowStart + columns - 1,
  }[key];
  return to !== undefined && to >= 0 && to < cells ? to : undefined;
}
