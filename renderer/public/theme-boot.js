/* Resolves a "system" theme before the first paint; an explicit theme is already in the page as served. */
(() => {
  var root = document.documentElement;
  var theme = root.dataset.theme;
  if (theme !== 'dark' && theme !== 'light') {
    root.dataset.theme = window.matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  }
})();
