// Runs before anything is drawn. Sets the look, by the rule of `page/theme.ts`, so that nobody who likes
// the dark is dazzled; and speaks to browsers that cannot even read the page's modules, in words that the
// oldest of them understand. `www/build.mjs` puts the sentences of the message files in the place of UNSUPPORTED.

/* global UNSUPPORTED */
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
