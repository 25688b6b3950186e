// What a user's script gets as 'k6/experimental/fs': paths are relative to the script's own folder.
import fs, { SeekMode } from 'k6/experimental/fs';

declare const __bench_resolve: (path: string) => string;

export const open: typeof fs.open = (path) => fs.open(__bench_resolve(path));
export { SeekMode };
export default { ...fs, open };
