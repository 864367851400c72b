// The page's engine with two threads.

import { engineOf } from './cajal.js';

export default engineOf('Cajal, two threads', 'threads', 2);
