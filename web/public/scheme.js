// Runs before the first paint so that the page never flashes in the wrong scheme; the policy forbids inline scripts.
;(() => {
  let kept = null
  try {
    kept = localStorage.getItem('scheme')
  } catch {
    // A browser without storage follows its system.
  }
  const dark =
    kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
