/* global __ENV, open, console */
// Runs in k6, the one program of the image that can: PUTs the file PIECE to the URL in the file PIECE.url.
import http from 'k6/http';

const { PIECE, SECONDS } = __ENV;
const url = open(`${PIECE}.url`).trim();
const piece = open(PIECE, 'b');

export const options = { discardResponseBodies: true };

export default function () {
  const how = { timeout: `${SECONDS}s`, redirects: 0 };
  const { status, error_code } = http.put(url, piece, how);
  console.log(`answered ${status} ${error_code}`);
}
