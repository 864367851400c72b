// The page's engine with two threads.

import { engineOf } from './cajal.js';

export default engineOf('Cajal, two threads', async () => {
  const cajal = await import('/pkg/threads/cajal.js');
  await cajal.default();
  await cajal.initThreadPool(2);
  return cajal;
});
