/*
 * Sends televisions whose browser is too old for the pages to the one made for them. Written for old
 * browsers, and run before anything else of the page.
 */
(function () {
  var isRecent = window.CSS && CSS.supports && CSS.supports('color', 'color-mix(in srgb, red, red)');
  var here = document.currentScript;
  if (!isRecent && here) location.replace(here.getAttribute('data-lite') || '/wall/lite');
})();
