// The page's engine that can have threads, with one.

import { engineOf } from './cajal.js';

export default engineOf('Cajal, one of its threads', async () => {
  const cajal = await import('/pkg/threads/cajal.js');
  await cajal.default();
  await cajal.initThreadPool(1);
  return cajal;
});
