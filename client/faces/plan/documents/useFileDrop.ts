/** A scenario's file dropped anywhere on the page is read; other files are for others. */
import { useEffect } from 'react'
import { useLatest } from '../../../shell/useLatest.ts'

export function useFileDrop(onText: (text: string) => void): void {
  const latest = useLatest(onText)
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      const file = [...(event.dataTransfer?.files ?? [])].find(({ name }) => /\.json$/i.test(name))
      if (file === undefined) return
      event.preventDefault()
      void file.text().then((text) => latest.current(text))
    }
    addEventListener('dragover', over)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('drop', drop)
    }
  }, [latest])
}
