// Sets the theme the user chose before anything is drawn; MantineProvider takes over from there.
(() => {
  let chosen;
  try {
    chosen = localStorage.getItem('chronos.theme');
  } catch {
    // Storage is blocked: the system's theme it is.
  }
  const isDark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
})();
