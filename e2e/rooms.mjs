// The rooms of the built page, for scripts that Node runs as they stand: the page itself says which there
// are, so that a new one is visited without being written down again.

/** `[id, address]` of each room: the front door, and where the page's head leads. */
export async function roomsOf(browser, address) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(address);
  const links = page.locator('page-header nav a[href^="#room="]');
  await links.first().waitFor();
  const hashes = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  await page.close();
  return [['front-door', ''], ...hashes.map((hash) => [hash.slice('#room='.length), hash])];
}
