// Loaded into every service before its own code. The channel to the starting script closes whenever that script ends,
// even by SIGKILL, so that no service is ever left behind.
process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM')
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 15_000).unref()
})
process.channel?.unref()
