// Runs before anything is drawn. Sets the look, by the rule of `page/theme.ts`, so that nobody who likes
// the dark is dazzled; says which files the room of the address will need; and speaks to browsers that
// cannot even read the page's modules, in words that the oldest of them understand. `www/build.mjs` puts the
// sentences of the message files in the place of UNSUPPORTED, and the files of each room in that of ROOM_FILES.

/* global ROOM_FILES, UNSUPPORTED */
(() => {
  var theme = 'auto';
  try {
    theme = localStorage.getItem('cajal-theme');
  } catch (_) {
    // No storage here.
  }
  if (theme !== 'light' && theme !== 'dark' && theme !== 'projector') {
    theme =
      window.matchMedia && matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  document.documentElement.setAttribute('data-theme', theme);

  // Tells the browser of a module that will be asked for.
  function expect(file) {
    var link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = file;
    document.head.appendChild(link);
  }

  // As `rooms/rooms.ts` reads it: what is no room is an experiment of the network lab.
  var room = /^#room=([^&]*)/.exec(location.hash);
  (ROOM_FILES[room ? room[1] : location.hash.length > 1 ? 'network' : ''] || []).forEach(expect);

  var unreachable = false;

  // A file that did not arrive is not the browser's fault.
  function failed(event) {
    if (event.target && event.target.tagName === 'SCRIPT') unreachable = true;
  }

  function loaded() {
    if (unreachable || document.documentElement.getAttribute('data-started') !== null) return;
    var language = String(navigator.language).slice(0, 2);
    var sentence = document.createElement('p');
    sentence.setAttribute('role', 'alert');
    sentence.appendChild(document.createTextNode(UNSUPPORTED[language] || UNSUPPORTED.en));
    document.body.appendChild(sentence);
  }

  window.addEventListener('error', failed, true);
  window.addEventListener('load', loaded);
})();
