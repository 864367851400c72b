// The page's engine that can have threads, with one.

import { engineOf } from './cajal.js';

export default engineOf('Cajal, one of its threads', 'threads', 1);
