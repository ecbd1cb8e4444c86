/** Files that are dropped anywhere on the page and may be a town; all others are left to whoever else listens. */
import { useEffect, useState } from 'react'
import { isTownFile } from '../../../source/town/townFiles.ts'
import { useLatest } from '../../../shell/useLatest.ts'

/** Whether files are being dragged over the page. */
export function useTownDrop(onFiles: (files: readonly File[]) => void): boolean {
  const [isOver, setOver] = useState(false)
  const latest = useLatest(onFiles)
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') !== true) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      // from one thing of the page to another is not out of it
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      setOver(false)
      const files = [...(event.dataTransfer?.files ?? [])]
      if (!files.some(isTownFile)) return
      event.preventDefault()
      event.stopImmediatePropagation()
      latest.current(files)
    }
    addEventListener('dragover', over)
    addEventListener('dragleave', leave)
    // before those that open a recording
    addEventListener('drop', drop, { capture: true })
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop, { capture: true })
    }
  }, [latest])
  return isOver
}
