/** The width a chart has to draw in, in CSS pixels, so that type keeps its size whatever the panel's. */
import { useCallback, useState, type RefCallback } from 'react'

/** Goes on measuring when the element is another one later: a chart without values is drawn as a sentence. */
export function useWidth<E extends Element>(assumedPx: number): [RefCallback<E>, number] {
  const [widthPx, setWidthPx] = useState(assumedPx)
  const ref = useCallback((element: E | null) => {
    if (!element) return undefined
    const observer = new ResizeObserver(([entry]) => setWidthPx(Math.max(80, entry.contentRect.width)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, widthPx]
}
