// RESULTS.md has two sections, made by two commands: each leaves the other's as it is.

const NAMES = ['compute', 'spiking'];
const MARK = '\n<!-- spiking networks -->\n\n';

/** What a report says in that section; a report from before there were sections has the first alone. */
export function sectionOf(report, name) {
  const parts = report.split(MARK);
  return parts[NAMES.indexOf(name)] ?? '';
}

/** The report with that section renewed. */
export function replaceSection(report, name, text) {
  const parts = NAMES.map((other) => (other === name ? text : sectionOf(report, other)));
  return parts[1] === '' ? parts[0] : parts.join(MARK);
}
