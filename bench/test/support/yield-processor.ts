import { setPriority } from 'node:os';

// Pure computing, beside tests that run real programs: it takes what these leave.
setPriority(19);
