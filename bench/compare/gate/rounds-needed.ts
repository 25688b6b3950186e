/** Fewer valid rounds than this in a cell are no ground for a gate (measurement specification, "Validity"). */
export const gateRounds = 8;
