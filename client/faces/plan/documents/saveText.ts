/** Gives the reader a file to keep. */

export function saveText(name: string, text: string): void {
  saveBlob(name, new Blob([text], { type: 'application/json' }))
}

export function saveBlob(name: string, blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  // no file system takes these
  link.download = name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').trim()
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
