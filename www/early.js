// For browsers that cannot even read the page's modules: says so, in words that the oldest of them
// understand. `www/build.mjs` puts the sentence of the message file in the place of UNSUPPORTED.

/* global UNSUPPORTED */
(() => {
  var unreachable = false;

  // A file that did not arrive is not the browser's fault.
  function failed(event) {
    if (event.target && event.target.tagName === 'SCRIPT') unreachable = true;
  }

  function loaded() {
    if (unreachable || window.customElements?.get('cajal-app')) return;
    var sentence = document.createElement('p');
    sentence.setAttribute('role', 'alert');
    sentence.appendChild(document.createTextNode(UNSUPPORTED));
    document.body.appendChild(sentence);
  }

  window.addEventListener('error', failed, true);
  window.addEventListener('load', loaded);
})();
